import { crc32, inflateRawSync } from 'node:zlib';
import { DocumentFailure } from './document-text.ts';

interface ZipEntry {
  readonly isLocked: boolean;
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  /** Of its own header. */
  readonly offset: number;
}

const signatures = { end: 0x06054b50, entry: 0x02014b50, file: 0x04034b50 } as const;
/** Size of the record at the end, and of the longest comment behind it, bytes. */
const endSize = 22;
const mostComment = 0xffff;
/** The only two ways in which documents are packed (PKWARE APPNOTE 4.4.5). */
const methods = { stored: 0, deflated: 8 } as const;

/** The files in a ZIP archive that is in memory (PKWARE APPNOTE 6.3), as documents are packed: no archive beyond 4 GB. */
export class ZipFile {
  readonly #bytes: Buffer;
  readonly #entries: ReadonlyMap<string, ZipEntry>;

  /** Throws a DocumentFailure where it is none. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#entries = new Map(damagedIfOutside(() => [...entriesOf(this.#bytes)]));
  }

  names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** A file, unpacked; `null` where there is none of that name. Throws a DocumentFailure. @param most bytes that it may have */
  read(name: string, most: number): Buffer | null {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    if (entry.isLocked) throw new DocumentFailure('locked');
    const unpacked = unpack(
      entry,
      damagedIfOutside(() => packedOf(this.#bytes, entry)),
      most,
    );
    if (crc32(unpacked) !== entry.checksum) throw new DocumentFailure('damaged');
    return unpacked;
  }
}

function* entriesOf(bytes: Buffer): Generator<readonly [string, ZipEntry]> {
  const end = bytes.lastIndexOf(signatureBytes(signatures.end));
  if (end < bytes.length - endSize - mostComment) throw new DocumentFailure('damaged');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    expectSignature(bytes, at, signatures.entry);
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const nameEnd = at + 46 + (name ?? 0);
    yield [
      bytes.toString('utf8', at + 46, nameEnd),
      {
        isLocked: (bytes.readUInt16LE(at + 8) & 1) === 1,
        method: bytes.readUInt16LE(at + 10),
        checksum: bytes.readUInt32LE(at + 16),
        packedSize: bytes.readUInt32LE(at + 20),
        offset: bytes.readUInt32LE(at + 42),
      },
    ];
    at = nameEnd + (extra ?? 0) + (comment ?? 0);
  }
}

const packedOf = (bytes: Buffer, { offset, packedSize }: ZipEntry): Buffer => {
  expectSignature(bytes, offset, signatures.file);
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packedSize > bytes.length) throw new DocumentFailure('damaged');
  return bytes.subarray(start, start + packedSize);
};

const unpack = ({ method }: ZipEntry, packed: Buffer, most: number): Buffer => {
  if (method === methods.stored) {
    if (packed.length > most) throw new DocumentFailure('too-long');
    return packed;
  }
  if (method !== methods.deflated) throw new DocumentFailure('damaged');
  try {
    return inflateRawSync(packed, { maxOutputLength: most });
  } catch (error) {
    const isTooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new DocumentFailure(isTooLong ? 'too-long' : 'damaged', { cause: error });
  }
};

const expectSignature = (bytes: Buffer, at: number, signature: number): void => {
  if (bytes.readUInt32LE(at) !== signature) throw new DocumentFailure('damaged');
};

const signatureBytes = (signature: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
};

/** A place that is told in the archive and lies outside of it. */
const damagedIfOutside = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? new DocumentFailure('damaged', { cause: error }) : error;
  }
};
