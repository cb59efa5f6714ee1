import { crc32 } from 'node:zlib';

/** A ZIP archive of files that are stored, not compressed (PKWARE APPNOTE 4.3). */
export function storedZip(files: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const nameBytes = Buffer.from(name);
    const bytes = Buffer.from(text);
    const facts = factsOf(nameBytes, bytes);
    const header = Buffer.concat([uint32(0x04034b50), facts, nameBytes]);
    local.push(header, bytes);
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
    offset += header.length + bytes.length;
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
function factsOf(name: Buffer, bytes: Buffer): Buffer {
  return Buffer.concat([
    uint16(20),
    uint16(0),
    uint16(0),
    uint32(0x00210000),
    uint32(crc32(bytes)),
    uint32(bytes.length),
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
