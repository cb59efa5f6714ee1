import type { Log } from '../../node-core/protocol/ports/log.ts';

/** One line as a test sees it. */
export interface RecordedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A Log that keeps its lines. */
export function createRecordedLog(): Log & { readonly lines: readonly RecordedLine[] } {
  const lines: RecordedLine[] = [];
  const record =
    (level: RecordedLine['level']) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      lines.push({ level, fields, message });
    };
  return { lines, info: record('info'), warn: record('warn'), error: record('error') };
}
