import type { NodeClient } from '../../rpc/node-client.ts';

/** Most pieces of an export; a node that never ends is not believed. */
const maxPieces = 100_000;

/** Reads a whole export, piece by piece. */
export async function readExport(
  client: NodeClient,
  conversationId: string | null,
  format: 'markdown' | 'json',
): Promise<{ readonly fileName: string; readonly blob: Blob }> {
  const pieces: string[] = [];
  let cursor: string | null = null;
  for (let count = 0; count < maxPieces; count += 1) {
    const piece: { fileName: string; text: string; next: string | null } = await client.call('exports.read', {
      conversationId,
      format,
      cursor,
    });
    pieces.push(piece.text);
    cursor = piece.next;
    if (cursor === null) {
      const type = format === 'json' ? 'application/json' : 'text/markdown';
      return { fileName: piece.fileName, blob: new Blob(pieces, { type }) };
    }
  }
  throw new Error('the export never ended');
}
