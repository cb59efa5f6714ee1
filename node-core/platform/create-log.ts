import { pino } from 'pino';
import type { Log } from '../protocol/ports/log.ts';
import { maskSecrets } from './mask-secrets.ts';
import { RotatingFile } from './rotating-file.ts';

const maxFileBytes = 2 * 1024 * 1024;
const keptFiles = 4;
const maxMessageChars = 300;

/** A log that can be closed. */
export interface FileLog extends Log {
  close(): void;
}

export interface LogOptions {
  readonly folder: string;
  /** Also told of warnings and errors, in one line each, or `null`. */
  readonly onWarning: ((line: string) => void) | null;
}

/** Writes JSON lines to `nunba.log`, at most about 10 MiB with its predecessors, without keys and tokens. */
export function createLog(options: LogOptions): FileLog {
  const file = new RotatingFile({ folder: options.folder, name: 'nunba', maxBytes: maxFileBytes, keep: keptFiles });
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: serialize, err: serialize } },
    { write: (line) => file.write(maskSecrets(line)) },
  );
  const tell = (message: string): void => options.onWarning?.(maskSecrets(message));
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => {
      logger.warn(fields, message);
      tell(message);
    },
    error: (fields, message) => {
      logger.error(fields, message);
      tell(message);
    },
    close: () => file.close(),
  };
}

/**
 * What of an error may stand in a log: never its other properties, for the errors of providers carry whole requests
 * and answers in them.
 */
function describeError(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? cut(error) : typeof error;
  return {
    name: error.name,
    message: cut(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    at: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

const serialize = (error: unknown): unknown => describeError(error, 0);

const cut = (text: string): string => (text.length > maxMessageChars ? `${text.slice(0, maxMessageChars)}…` : text);
