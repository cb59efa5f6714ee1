import type { CallInput, CallResult } from '../../../../node-core/api/contract.ts';

export type ExportFormat = CallInput<'exports.read'>['format'];
type ReadPiece = (input: CallInput<'exports.read'>) => Promise<CallResult<'exports.read'>>;

/** How far an export has come, in messages. */
export interface ExportProgress {
  readonly doneCount: number;
  readonly totalCount: number;
}

/** A finished export, in the pieces in which it came. */
export interface ExportedFile {
  readonly fileName: string;
  readonly pieces: readonly string[];
}

/**
 * Reads an export of all conversations piece by piece.
 * @returns `null` if it was aborted
 */
export async function readExport(
  read: ReadPiece,
  format: ExportFormat,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<ExportedFile | null> {
  const pieces: string[] = [];
  let cursor: string | null = null;
  let fileName = '';
  do {
    const piece = await read({ conversationId: null, format, cursor });
    if (signal.aborted) return null;
    pieces.push(piece.text);
    fileName = piece.fileName;
    cursor = piece.next;
    onProgress({ doneCount: piece.doneCount, totalCount: piece.totalCount });
  } while (cursor !== null);
  return { fileName, pieces };
}
