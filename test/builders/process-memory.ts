import fs from 'node:fs';

/** Read at once, bytes. */
const pieceBytes = 16 * 1024 * 1024;

/** The forms in which a secret can lie in memory, on a command line or in a dump, by name. */
export function formsOf(secret: Buffer): ReadonlyMap<string, Buffer> {
  const texts = {
    hex: secret.toString('hex'),
    HEX: secret.toString('hex').toUpperCase(),
    base64: secret.toString('base64'),
    base64url: secret.toString('base64url'),
  };
  return new Map([
    ['raw', secret],
    ...Object.entries(texts).flatMap(([name, text]): (readonly [string, Buffer])[] => [
      [name, Buffer.from(text)],
      // Strings of V8 with a character beyond Latin-1 have two bytes for each.
      [`${name} (UTF-16)`, Buffer.from(text, 'utf16le')],
    ]),
  ]);
}

/** Names of the forms that a text or dump holds. */
export function formsIn(bytes: Buffer, forms: ReadonlyMap<string, Buffer>): readonly string[] {
  return [...forms].flatMap(([name, form]) => (bytes.includes(form) ? [name] : []));
}

/** What was found in a process, and how much of it was looked at. */
export interface MemorySearch {
  readonly found: readonly string[];
  readonly sizeBytes: number;
}

/** Looks through all memory of a process that can be read (Linux). */
export function searchMemory(pid: number, forms: ReadonlyMap<string, Buffer>): MemorySearch {
  const overlap = Math.max(...[...forms.values()].map(({ length }) => length));
  const found = new Set<string>();
  let sizeBytes = 0;
  const memory = fs.openSync(`/proc/${pid}/mem`, 'r');
  const buffer = Buffer.alloc(pieceBytes + overlap);
  try {
    for (const { start, end } of readableParts(pid)) {
      for (let at = start; at < end; at += pieceBytes) {
        const wanted = Math.min(pieceBytes + overlap, end - at);
        const read = readAt(memory, buffer, wanted, at);
        sizeBytes += Math.min(read, pieceBytes);
        for (const name of formsIn(buffer.subarray(0, read), forms)) found.add(name);
      }
    }
  } finally {
    fs.closeSync(memory);
  }
  return { found: [...found], sizeBytes };
}

function readableParts(pid: number): readonly { readonly start: number; readonly end: number }[] {
  return fs
    .readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const match = /^([0-9a-f]+)-([0-9a-f]+) r\S+ .*$/.exec(line);
      if (!match || /\[(?:vvar|vvar_vclock|vsyscall)\]/.test(line)) return [];
      return [{ start: Number.parseInt(match[1] ?? '', 16), end: Number.parseInt(match[2] ?? '', 16) }];
    });
}

/** Parts of a mapped file that ends earlier cannot be read; they hold nothing. */
function readAt(file: number, buffer: Buffer, length: number, at: number): number {
  try {
    return fs.readSync(file, buffer, 0, length, at);
  } catch {
    return 0;
  }
}

/** Processes whose parent is this one, with their command line. */
export function childrenOf(pid: number): readonly { readonly pid: number; readonly command: string }[] {
  return fs
    .readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${entry}/status`, 'utf8'))?.[1];
        if (Number(parent) !== pid) return [];
        return [{ pid: Number(entry), command: fs.readFileSync(`/proc/${entry}/cmdline`, 'utf8') }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}
