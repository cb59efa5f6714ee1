import { pino } from 'pino';
import { describeError } from '../protocol/describe-error.ts';
import { maskSecrets } from '../protocol/mask-secrets.ts';
import type { Log } from '../protocol/ports/log.ts';
import { RotatingFile } from './rotating-file.ts';

const maxFileBytes = 2 * 1024 * 1024;
/** One for each day, and for days on which much is written. */
const keptFiles = 7;
const maxAgeMs = 7 * 24 * 3_600_000;

/** A log that can be closed. */
export interface FileLog extends Log {
  close(): void;
}

export interface LogOptions {
  readonly folder: string;
  /** Also told of warnings and errors, in one line each, or `null`. */
  readonly onWarning: ((line: string) => void) | null;
  /** ms since the epoch */
  readonly now: () => number;
}

/** Writes JSON lines to `nunba.log`, of 7 days and at most 16 MiB with its predecessors, without keys and tokens. */
export function createLog(options: LogOptions): FileLog {
  const file = new RotatingFile({
    folder: options.folder,
    name: 'nunba',
    maxBytes: maxFileBytes,
    keep: keptFiles,
    maxAgeMs,
    now: options.now,
  });
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

const serialize = (error: unknown): unknown => describeError(error);
