import { type ByteReader, Malformed } from './byte-reader.ts';

/** What a header says by name: numbers and texts; of everything else only that it is there. */
export type Metadata = ReadonlyMap<string, number | string | boolean | null>;

const pairsAtMost = 10_000;
const nameBytesAtMost = 1024;
/** Texts that are kept; longer ones (templates) are only known to be there. */
const keptTextBytes = 4096;
const textBytesAtMost = 16 * 1024 * 1024;
const elementsAtMost = 4_000_000;
const nestingAtMost = 2;

/** Bytes of the types of a fixed size; 8 is text, 9 a list. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

/** Reads the pairs of names and values. @throws MoreBytes, Malformed */
export function readMetadata(reader: ByteReader, count: number): Metadata {
  if (count > pairsAtMost) throw new Malformed('too many entries');
  const metadata = new Map<string, number | string | boolean | null>();
  for (let index = 0; index < count; index += 1) {
    const name = reader.text(nameBytesAtMost);
    metadata.set(name, readValue(reader, reader.u32(), 0));
  }
  return metadata;
}

function readValue(reader: ByteReader, type: number, depth: number): number | string | boolean | null {
  switch (type) {
    case 0:
      return reader.u8();
    case 2:
      return reader.u16();
    case 4:
      return reader.u32();
    case 5:
      return reader.i32();
    case 6:
      return reader.f32();
    case 7:
      return reader.u8() !== 0;
    case 8:
      return keptText(reader);
    case 9:
      skipList(reader, depth);
      return null;
    case 10:
      return reader.u64();
    case 12:
      return reader.f64();
    default:
      skipValue(reader, type, depth);
      return null;
  }
}

function keptText(reader: ByteReader): string {
  const text = reader.text(textBytesAtMost);
  return text.length <= keptTextBytes ? text : text.slice(0, keptTextBytes);
}

function skipValue(reader: ByteReader, type: number, depth: number): void {
  const size = sizes[type];
  if (size !== undefined) reader.skip(size);
  else if (type === 8) skipText(reader);
  else if (type === 9) skipList(reader, depth);
  else throw new Malformed('an unknown type');
}

function skipText(reader: ByteReader): void {
  const length = reader.u64();
  if (length > textBytesAtMost) throw new Malformed('a text too long');
  reader.skip(length);
}

function skipList(reader: ByteReader, depth: number): void {
  if (depth >= nestingAtMost) throw new Malformed('lists too deep');
  const type = reader.u32();
  const count = reader.u64();
  if (count > elementsAtMost) throw new Malformed('a list too long');
  const size = sizes[type];
  if (size !== undefined) reader.skip(size * count);
  else for (let index = 0; index < count; index += 1) skipValue(reader, type, depth + 1);
}
