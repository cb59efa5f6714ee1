import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FailureError } from '../../../api/failures.ts';
import { kindOfFile } from '../text/file-kinds.ts';

/** Folders whose only purpose is to keep keys. */
const keyFolders = new Set(['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker', '.password-store', 'keychains']);

/**
 * Where a folder or file really is, links followed. Throws `invalid-input` for what cannot belong to a collection.
 * @param given absolute, or beginning with `~`
 * @param ownFolder Nunba's own: chats and keys are no knowledge
 */
export async function resolveRoot(given: string, ownFolder: string): Promise<string> {
  const asked = given === '~' || /^~[\\/]/.test(given) ? path.join(os.homedir(), given.slice(1)) : given;
  if (!path.isAbsolute(asked)) throw refused('no whole path, such as /home/me/notes or C:\\notes');
  const real = await fs.realpath(asked).catch((cause: unknown) => {
    throw refused('not there, or may not be read', cause);
  });
  const stats = await fs.stat(real);
  if (!stats.isDirectory() && !stats.isFile()) throw refused('neither a folder nor a file');
  if (path.dirname(real) === real) throw refused('a whole disk; choose a folder on it');
  const own = await fs.realpath(ownFolder).catch(() => ownFolder);
  if (isWithin(real, own)) throw refused('Nunba’s own folder');
  if (real.split(path.sep).some((name) => keyFolders.has(name.toLowerCase()))) throw refused('a folder of keys');
  if (stats.isFile()) requireReadable(path.basename(real));
  return real;
}

/** Whether a path is that folder or stands in it; both as they really are. */
export function isWithin(place: string, folder: string): boolean {
  const below = path.relative(folder, place);
  return below === '' || (!below.startsWith(`..${path.sep}`) && below !== '..' && !path.isAbsolute(below));
}

const requireReadable = (name: string): void => {
  const kind = kindOfFile(name);
  if (kind.kind !== 'skip') return;
  throw refused(kind.reason === 'secret' ? 'a file of keys' : 'a kind of file that Nunba cannot read as text');
};

const refused = (reason: string, cause?: unknown): FailureError =>
  new FailureError({ kind: 'invalid-input', field: 'the path', reason }, { cause });
