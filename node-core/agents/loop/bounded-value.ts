import type { JsonValue } from '../../protocol/json-value.ts';

/**
 * A result as it is shown and told, at most `limitChars` long as JSON. A longer one is cut and says so; what is left of
 * an object or a list is then its text.
 */
export function boundedValue(value: JsonValue, limitChars: number): JsonValue {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= limitChars) return value;
  const left = text.length - limitChars;
  return `${text.slice(0, limitChars)}\n… cut: ${left} more characters. Ask for less at once.`;
}
