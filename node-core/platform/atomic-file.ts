import { randomBytes } from 'node:crypto';
import nodeFiles from 'node:fs/promises';
import path from 'node:path';

/** What is used of the file system. */
export type AtomicFiles = Pick<typeof nodeFiles, 'mkdir' | 'open' | 'rename' | 'rm'>;

/**
 * Replaces a file so that a reader, or the next start after a power cut, finds the old content or the new one, never a
 * mixture. Durable when it resolves. Makes the folder if it is missing.
 * @param mode permissions of the file; the folder gets 0700
 */
export async function writeFileAtomically(
  file: string,
  content: string,
  mode = 0o600,
  fs: AtomicFiles = nodeFiles,
): Promise<void> {
  const folder = path.dirname(file);
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
  try {
    const handle = await fs.open(temporary, 'wx', mode);
    try {
      await handle.writeFile(content, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(temporary, file);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder, fs);
}

/** Makes a rename or a removal durable. Windows has no such call and needs none. */
export async function syncFolder(folder: string, fs: Pick<AtomicFiles, 'open'> = nodeFiles): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
