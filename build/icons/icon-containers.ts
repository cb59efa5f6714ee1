/** A square PNG, as both containers hold it. */
export interface IconImage {
  /** Edge in pixels, 1 to 1024. */
  readonly sizePx: number;
  readonly png: Uint8Array;
}

const icoHeaderBytes = 6;
const icoEntryBytes = 16;
/** An entry of an .ico has one byte per edge; 0 stands for this, the largest. */
const icoLargestPx = 256;

/**
 * A Windows icon with PNG entries, which Windows reads since Vista ("The evolution of the ICO file format", Microsoft).
 * Throws a RangeError for a picture of more than 256 pixels.
 */
export function writeIco(images: readonly IconImage[]): Buffer {
  const header = Buffer.alloc(icoHeaderBytes + icoEntryBytes * images.length);
  header.writeUInt16LE(1, 2); // an icon, no cursor
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { sizePx, png }] of images.entries()) {
    if (sizePx > icoLargestPx) throw new RangeError(`an .ico holds at most ${icoLargestPx} pixels, not ${sizePx}`);
    const entry = icoHeaderBytes + icoEntryBytes * index;
    header.writeUInt8(sizePx % icoLargestPx, entry);
    header.writeUInt8(sizePx % icoLargestPx, entry + 1);
    header.writeUInt16LE(1, entry + 4); // colour planes
    header.writeUInt16LE(32, entry + 6); // bits per pixel
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** The kinds of an .icns that hold PNG, by the pixels they hold; the second of a size is that of a Retina screen. */
const icnsKinds: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};
/** What an .icns needs to be complete. */
export const icnsSizesPx: readonly number[] = Object.keys(icnsKinds).map(Number);

const chunkHeaderBytes = 8;

/** A macOS icon with PNG entries ("Apple Icon Image format"). Throws a RangeError for a size that macOS has no kind for. */
export function writeIcns(images: readonly IconImage[]): Buffer {
  const chunks = images.flatMap(({ sizePx, png }) => {
    const kinds = icnsKinds[sizePx];
    if (!kinds) throw new RangeError(`an .icns has no place for ${sizePx} pixels`);
    return kinds.map((kind) => writeChunk(kind, png));
  });
  return writeChunk('icns', Buffer.concat(chunks));
}

function writeChunk(kind: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(chunkHeaderBytes);
  header.write(kind, 'latin1');
  header.writeUInt32BE(chunkHeaderBytes + content.length, 4);
  return Buffer.concat([header, content]);
}
