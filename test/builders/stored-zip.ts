import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP archive of files that are stored, not compressed (PKWARE APPNOTE 4.3). */
export function storedZip(files: Readonly<Record<string, string>>): Buffer {
  return zipOf(files, { method: 0, pack: (bytes) => bytes });
}

/** The same of files that are compressed. */
export function packedZip(files: Readonly<Record<string, string>>): Buffer {
  return zipOf(files, { method: 8, pack: (bytes) => deflateRawSync(bytes) });
}

interface Packing {
  readonly method: number;
  readonly pack: (bytes: Buffer) => Buffer;
}

function zipOf(files: Readonly<Record<string, string>>, { method, pack }: Packing): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const nameBytes = Buffer.from(name);
    const bytes = Buffer.from(text);
    const packed = pack(bytes);
    const facts = factsOf(nameBytes, { method, bytes, packed });
    const header = Buffer.concat([uint32(0x04034b50), facts, nameBytes]);
    local.push(header, packed);
    central.push(
      Buffer.concat([
        uint32(0x02014b50),
        uint16(0x031e),
        facts,
        uint16(0),
        uint16(0),
        uint16(0),
        uint32((0o100755 << 16) >>> 0),
        uint32(offset),
        nameBytes,
      ]),
    );
    offset += header.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const count = uint16(central.length);
  const end = [
    uint32(0x06054b50),
    uint16(0),
    uint16(0),
    count,
    count,
    uint32(directory.length),
    uint32(offset),
    uint16(0),
  ];
  return Buffer.concat([...local, directory, ...end]);
}

/** Version needed to extra length: the part that both headers share. */
function factsOf(
  name: Buffer,
  { method, bytes, packed }: { readonly method: number; readonly bytes: Buffer; readonly packed: Buffer },
): Buffer {
  return Buffer.concat([
    uint16(20),
    uint16(0),
    uint16(method),
    uint32(0x00210000),
    uint32(crc32(bytes)),
    uint32(packed.length),
    uint32(bytes.length),
    uint16(name.length),
    uint16(0),
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
