import nodeFiles, { constants } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder, writeFileAtomically } from '../atomic-file.ts';

/** What is used of the file system. */
export type VaultFiles = Pick<
  typeof nodeFiles,
  'mkdir' | 'open' | 'rename' | 'rm' | 'unlink' | 'readdir' | 'stat' | 'chmod' | 'copyFile'
>;

const sealedEnding = '.sealed';
const namePattern = /^[a-z0-9-][a-z0-9.-]{0,79}$/;
/** What a write that was cut short leaves: never in force, and it may hold a plain secret. */
const leftoverPattern = /^\.[a-z0-9.-]+\.[0-9a-f]{12}$/;
/** Larger than every key and token, sealed or not. */
const maxFileBytes = 128 * 1024;

/** A file that is there, and what is wrong with it. */
class UnreadableFile extends Error {}

/**
 * The files of a vault: `vault.json`, `secrets/<name>` (plain), `secrets/<name>.sealed`, `vault-<id>.kept/`, where an
 * earlier vault stays, and `vault-<id>.replaced/`, where single files of another vault do. Each write is atomic and durable when it resolves.
 */
export class VaultDisk {
  readonly #fs: VaultFiles;
  readonly #identity: string;

  /** @param identity absolute; made when something is written */
  constructor(identity: string, fs: VaultFiles = nodeFiles) {
    this.#identity = identity;
    this.#fs = fs;
  }

  readRecord(): Promise<string | null> {
    return this.#read(this.#record);
  }

  writeRecord(text: string): Promise<void> {
    return writeFileAtomically(this.#record, text, 0o600, this.#fs);
  }

  readPlain(name: string): Promise<string | null> {
    return this.#read(this.#plain(name));
  }

  readSealed(name: string): Promise<string | null> {
    return this.#read(this.#sealed(name));
  }

  async writePlain(name: string, text: string): Promise<void> {
    await this.#write(this.#plain(name), text);
  }

  async writeSealed(name: string, text: string): Promise<void> {
    await this.#write(this.#sealed(name), text);
  }

  removePlain(name: string): Promise<void> {
    return this.#remove(this.#plain(name));
  }

  removeSealed(name: string): Promise<void> {
    return this.#remove(this.#sealed(name));
  }

  /** Names of the secrets that are kept, sealed and plain. */
  async names(): Promise<{ readonly sealed: readonly string[]; readonly plain: readonly string[] }> {
    const entries = await this.#entries();
    const sealed = entries.filter((entry) => entry.endsWith(sealedEnding));
    const plain = entries.filter((entry) => !entry.endsWith(sealedEnding) && namePattern.test(entry));
    return { sealed: sealed.map((entry) => entry.slice(0, -sealedEnding.length)), plain };
  }

  /** Whether the plain file of that name was written after the sealed one. */
  async isPlainNewer(name: string): Promise<boolean> {
    const [plain, sealed] = await Promise.all(
      [this.#plain(name), this.#sealed(name)].map((file) => this.#fs.stat(file)),
    );
    return (plain?.mtimeMs ?? 0) > (sealed?.mtimeMs ?? 0);
  }

  /** Removes what writes that were cut short have left. */
  async removeLeftovers(): Promise<void> {
    for (const entry of (await this.#entries()).filter((name) => leftoverPattern.test(name))) {
      await this.#fs.rm(path.join(this.#secrets, entry), { force: true });
    }
  }

  /** Whether an earlier vault of that name was put aside. */
  async isKept(vaultId: string): Promise<boolean> {
    return this.#fs.stat(this.#kept(vaultId)).then(
      () => true,
      () => false,
    );
  }

  /** Begins to put a vault aside: its record, where there is one, stands in both places afterwards. */
  async keepRecord(vaultId: string): Promise<void> {
    const folder = await this.keepFolder(vaultId);
    const copy = await this.#freeName(folder, 'vault.json');
    const isCopied = await this.#fs
      .copyFile(this.#record, copy, constants.COPYFILE_EXCL)
      .then(() => true, ignoreMissing);
    if (isCopied) await this.#sync(copy);
    await this.#sync(folder);
  }

  /** Marks a vault as given up: its sealed files may be put aside. Returns the folder for them. */
  async keepFolder(vaultId: string): Promise<string> {
    const folder = this.#kept(vaultId);
    await this.#fs.mkdir(folder, { recursive: true, mode: 0o700 });
    await this.#sync(this.#identity);
    return folder;
  }

  /** Puts a sealed file aside, beside the record of its vault. */
  keepSealed(vaultId: string, name: string): Promise<void> {
    return this.#moveSealed(name, this.#kept(vaultId));
  }

  /** Puts a sealed file aside that another takes the place of; the rest of its vault is not given up with it. */
  async keepReplaced(vaultId: string, name: string): Promise<void> {
    const folder = path.join(this.#identity, `vault-${vaultId}.replaced`);
    await this.#fs.mkdir(folder, { recursive: true, mode: 0o700 });
    await this.#sync(this.#identity);
    await this.#moveSealed(name, folder);
  }

  async #moveSealed(name: string, folder: string): Promise<void> {
    const target = await this.#freeName(folder, `${name}${sealedEnding}`);
    await this.#fs.rename(this.#sealed(name), target);
    await this.#sync(folder);
    await this.#sync(this.#secrets);
  }

  get #record(): string {
    return path.join(this.#identity, 'vault.json');
  }

  get #secrets(): string {
    return path.join(this.#identity, 'secrets');
  }

  #kept(vaultId: string): string {
    return path.join(this.#identity, `vault-${vaultId}.kept`);
  }

  #plain(name: string): string {
    if (namePattern.test(name) && !name.endsWith(sealedEnding)) return path.join(this.#secrets, name);
    throw new Error(`Not a name of a secret: ${name}`);
  }

  #sealed(name: string): string {
    return `${this.#plain(name)}${sealedEnding}`;
  }

  async #read(file: string): Promise<string | null> {
    const handle = await this.#fs.open(file, 'r').catch(ignoreMissing);
    if (!handle) return null;
    try {
      const { size } = await handle.stat();
      if (size > maxFileBytes) throw new UnreadableFile('the file is far too large');
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  }

  async #write(file: string, text: string): Promise<void> {
    await writeFileAtomically(file, text, 0o600, this.#fs);
    await this.#fs.chmod(this.#secrets, 0o700);
  }

  async #remove(file: string): Promise<void> {
    const isGone = await this.#fs.unlink(file).then(() => true, ignoreMissing);
    if (isGone) await this.#sync(path.dirname(file));
  }

  async #entries(): Promise<readonly string[]> {
    return (await this.#fs.readdir(this.#secrets).catch(ignoreMissing)) ?? [];
  }

  /** Nothing that was put aside is ever replaced. */
  async #freeName(folder: string, name: string): Promise<string> {
    const taken = new Set(await this.#fs.readdir(folder));
    for (let count = 0; ; count += 1) {
      const candidate = count === 0 ? name : `${name}.${count}`;
      if (!taken.has(candidate)) return path.join(folder, candidate);
    }
  }

  /** Makes what was done to a folder, or the copy of a file, durable. */
  async #sync(place: string): Promise<void> {
    await syncFolder(place, this.#fs);
  }
}

/** `null` where there is no such file; throws everything else. */
const ignoreMissing = (error: unknown): null => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
};
