import nodeFiles from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../../api/failures.ts';
import { syncFolder, writeFileAtomically } from '../../platform/atomic-file.ts';

/** What is used of the file system. */
export type IdentityFiles = Pick<typeof nodeFiles, 'mkdir' | 'open' | 'rename' | 'rm' | 'readdir'>;

/** The files of an identity. `machine` goes last when they are put aside: while it is there, the question stays open. */
const names = {
  private: 'node_private_key.pem',
  public: 'node_public_key.pem',
  machine: 'machine.json',
} as const;
type IdentityFile = keyof typeof names;

/** Proves that the node was a member: an identity without its key is then lost, not unmade. */
const membershipName = 'membership.json';
/** The name of the sealed private keys among the secrets. */
export const secretName = 'node-private-key';

const maxFileBytes = 16 * 1024;
/** What belongs to the vault in the same folder, and what was put aside before. */
const notOurs = /^(?:vault\.json|vault-.*|secrets|aside-.*|\..*)$/;

/** The folder `<data>/identity`, without what the vault keeps there. Each write is atomic and durable. */
export class IdentityDisk {
  readonly #folder: string;
  readonly #fs: IdentityFiles;

  /** @param folder absolute; made when something is written */
  constructor(folder: string, fs: IdentityFiles = nodeFiles) {
    this.#folder = folder;
    this.#fs = fs;
  }

  /** The text of a file, or `null` if there is none. Throws `identity-unreadable`. */
  async read(file: IdentityFile): Promise<string | null> {
    try {
      return await this.#read(names[file], file === 'private');
    } catch (error) {
      if (error instanceof FailureError) throw error;
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
      throw this.unreadable(file, `it cannot be read: ${code}`, error);
    }
  }

  async #read(name: string, isPrivate: boolean): Promise<string | null> {
    const handle = await this.#fs.open(path.join(this.#folder, name), 'r').catch(ignoreMissing);
    if (handle === null) return null;
    try {
      const { size, mode } = await handle.stat();
      if (isPrivate && process.platform !== 'win32' && (mode & 0o077) !== 0) {
        throw this.unreadable('private', 'others may read it; run chmod 600 on it if nobody has');
      }
      if (size > maxFileBytes) throw this.unreadable('private', 'it is far too large');
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  }

  write(file: IdentityFile, text: string): Promise<void> {
    return writeFileAtomically(path.join(this.#folder, names[file]), text, 0o600, this.#fs);
  }

  /** Removes the plain private keys, once they are kept elsewhere. */
  async removePrivate(): Promise<void> {
    await this.#fs.rm(path.join(this.#folder, names.private), { force: true });
    await syncFolder(this.#folder, this.#fs);
  }

  /** Removes what writes that were cut short have left; it may hold a key that was never in force. */
  async removeLeftovers(): Promise<void> {
    const ours = Object.values(names).map((name) => `.${name}.`);
    for (const entry of await this.#entries(this.#folder)) {
      const isLeftover = ours.some((start) => entry.startsWith(start)) && /\.[0-9a-f]{12}$/.test(entry);
      if (isLeftover) await this.#fs.rm(path.join(this.#folder, entry), { force: true });
    }
  }

  /** Whether something shows that an identity was in use here. */
  async wasUsed(): Promise<boolean> {
    const entries = await this.#entries(this.#folder);
    return entries.includes(names.public) || entries.includes(membershipName);
  }

  /**
   * The folder where the person put a vault aside whose identity nobody has followed yet, or `null`: it has the sealed
   * private keys, but not the public ones.
   */
  async vaultPutAside(): Promise<string | null> {
    for (const entry of await this.#entries(this.#folder)) {
      if (!/^vault-.*\.kept$/.test(entry)) continue;
      const kept = await this.#entries(path.join(this.#folder, entry));
      const hasKey = kept.some((name) => name.startsWith(`${secretName}.sealed`));
      if (hasKey && !kept.some((name) => name.startsWith(names.public))) return entry;
    }
    return null;
  }

  /** Moves everything of the identity into a folder inside; begun once, it can be begun again. Deletes nothing. */
  async putAside(folderName: string): Promise<void> {
    const target = path.join(this.#folder, folderName);
    await this.#fs.mkdir(target, { recursive: true, mode: 0o700 });
    await syncFolder(this.#folder, this.#fs);
    const entries = (await this.#entries(this.#folder)).filter((entry) => !notOurs.test(entry));
    const last: readonly string[] = [names.public, names.machine];
    const ordered = [
      ...entries.filter((entry) => !last.includes(entry)),
      ...last.filter((entry) => entries.includes(entry)),
    ];
    for (const entry of ordered) {
      await this.#fs.rename(path.join(this.#folder, entry), await this.#freeName(target, entry));
      await syncFolder(target, this.#fs);
      await syncFolder(this.#folder, this.#fs);
    }
  }

  unreadable(file: IdentityFile, reason: string, cause?: unknown): FailureError {
    const place = path.join(this.#folder, names[file]);
    return new FailureError({ kind: 'identity-unreadable', path: place, reason }, { cause });
  }

  elsewhere(madeOn: string): FailureError {
    return new FailureError({ kind: 'identity-elsewhere', path: this.#folder, madeOn });
  }

  async #freeName(folder: string, name: string): Promise<string> {
    const taken = new Set(await this.#entries(folder));
    for (let count = 0; ; count += 1) {
      const candidate = count === 0 ? name : `${name}.${count}`;
      if (!taken.has(candidate)) return path.join(folder, candidate);
    }
  }

  async #entries(folder: string): Promise<readonly string[]> {
    return (await this.#fs.readdir(folder).catch(ignoreMissing)) ?? [];
  }
}

/** `null` where there is no such file; throws everything else. */
const ignoreMissing = (error: unknown): null => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
};
