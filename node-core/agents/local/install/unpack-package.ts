import fs from 'node:fs/promises';
import path from 'node:path';

/** A package that unpacks to more is none of ours, bytes. The largest of ours has 360 MB. */
const mostBytes = 1024 * 1024 * 1024;
const mostFiles = 20_000;

/**
 * Unpacks a package of npm's into `folder`, which is made: plain files and folders below the package's one root, no links,
 * nothing beside it. Rejects with a plain Error where the archive holds anything else; its checksum is known, so that
 * would be a bug.
 */
export async function unpackPackage(archive: string, folder: string, signal: AbortSignal): Promise<void> {
  // Loaded at its use: most starts unpack nothing.
  const tar = await import('tar');
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  let bytes = 0;
  let files = 0;
  let strange: string | null = null;
  await tar.extract({
    file: archive,
    cwd: folder,
    strip: 1,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    filter(name, entry) {
      signal.throwIfAborted();
      if (!('type' in entry)) return false;
      bytes += entry.size ?? 0;
      files += 1;
      const isPlain = entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'Directory';
      if (isPlain && isInside(name) && bytes <= mostBytes && files <= mostFiles) return true;
      strange ??= name;
      return false;
    },
  });
  signal.throwIfAborted();
  if (strange !== null) throw new Error(`the package ${path.basename(archive)} holds something strange`);
}

/** Whether a name stays below the archive's root once that is stripped. */
const isInside = (name: string): boolean =>
  !path.posix.isAbsolute(name) && !name.includes('\\') && !name.includes(':') && !name.split('/').includes('..');
