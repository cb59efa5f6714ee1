import { describeError } from '../../node-core/protocol/describe-error.ts';
import { maskSecrets } from '../../node-core/protocol/mask-secrets.ts';

/** What was said with `console.error` as a text for the log: without secrets, and of errors only what may stand there. */
export function logLine(values: readonly unknown[]): string {
  return maskSecrets(values.map(textOf).join(' '));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return errorText(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) {
    return String(value);
  }
  // Whatever else it is, nobody has decided that it may be written down.
  return `(${typeof value})`;
}

function errorText(error: Error): string {
  const described = describeError(error);
  if (typeof described === 'string') return described;
  const { name, message, code, at = [], cause } = described;
  const head = `${name}${code ? ` [${code}]` : ''}: ${message}`;
  return [head, ...at, ...(error.cause !== undefined && cause ? [`caused by ${textOf(error.cause)}`] : [])].join('\n');
}
