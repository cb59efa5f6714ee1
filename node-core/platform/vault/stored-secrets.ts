import { FailureError } from '../../api/failures.ts';
import type { Secrets } from '../../protocol/ports/host.ts';
import { openSecret, parseSealed, sealSecret, type VaultKey } from './sealed-file.ts';
import type { VaultDisk } from './vault-disk.ts';

/** Secrets as files for the person's account alone, where nothing can seal them. */
export function plainSecrets(disk: VaultDisk): Secrets {
  return {
    read: (name) => readable(name, () => disk.readPlain(name)),
    write: (name, value) => disk.writePlain(name, value),
    remove: (name) => disk.removePlain(name),
  };
}

/** Secrets sealed with the key of a vault. One that still stands in a plain file is read from there. */
export function sealedSecrets(disk: VaultDisk, vault: VaultKey): Secrets {
  return {
    async read(name) {
      const text = await readable(name, () => disk.readSealed(name));
      if (text === null) return readable(name, () => disk.readPlain(name));
      const value = openSecret(vault, name, text);
      if (value === null) throw unreadable(name, 'its sealed file was changed, or belongs to another vault');
      return value;
    },
    async write(name, value) {
      await keepForeign(disk, vault, name);
      await writeVerified(disk, vault, name, value);
      await disk.removePlain(name);
    },
    async remove(name) {
      await disk.removeSealed(name);
      await disk.removePlain(name);
    },
  };
}

/** A sealed file of another vault may be good, and its vault elsewhere: it is put aside, never replaced. */
async function keepForeign(disk: VaultDisk, { vaultId }: VaultKey, name: string): Promise<void> {
  const sealed = parseSealed((await readable(name, () => disk.readSealed(name))) ?? '');
  if (sealed === null || sealed.vaultId === vaultId) return;
  await disk.keepReplaced(sealed.vaultId, name);
}

/** Secrets that cannot be reached. That there is none can still be said. */
export function lockedSecrets(disk: VaultDisk, refusal: () => FailureError): Secrets {
  const isKept = async (name: string): Promise<boolean> => {
    const { sealed, plain } = await disk.names();
    return sealed.includes(name) || plain.includes(name);
  };
  return {
    async read(name) {
      if (await isKept(name)) throw refusal();
      return null;
    },
    write: async () => Promise.reject(refusal()),
    async remove(name) {
      if (await isKept(name)) throw refusal();
    },
  };
}

/** Seals a secret and makes sure, by reading it from the disk, that it can be opened again. */
export async function writeVerified(disk: VaultDisk, vault: VaultKey, name: string, value: string): Promise<void> {
  await disk.writeSealed(name, sealSecret(vault, name, value));
  const text = await disk.readSealed(name);
  if (text === null || openSecret(vault, name, text) !== value) throw unreadable(name, 'it was not kept as written');
}

async function readable(name: string, read: () => Promise<string | null>): Promise<string | null> {
  try {
    return await read();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);
    throw unreadable(name, reason, error);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 200) : 'unknown cause');

const unreadable = (name: string, reason: string, cause?: unknown): FailureError =>
  new FailureError({ kind: 'secret-unreadable', name, reason }, { cause });
