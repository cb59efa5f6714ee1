/** Bytes of a file that are read at a time; as text never more than the node takes in one piece. */
const pieceBytes = 512 * 1024;

/** A piece of a file's text, and how much of the file has been read with it. */
export interface TextPiece {
  readonly text: string;
  /** 0..1 */
  readonly share: number;
}

/** The text of a UTF-8 file in pieces, without holding all of it; characters are never split. */
export async function* textPieces(file: Blob): AsyncGenerator<TextPiece> {
  const decoder = new TextDecoder('utf-8');
  for (let from = 0; from < file.size; from += pieceBytes) {
    const to = Math.min(file.size, from + pieceBytes);
    const bytes = await file.slice(from, to).arrayBuffer();
    yield { text: decoder.decode(bytes, { stream: to < file.size }), share: to / file.size };
  }
}
