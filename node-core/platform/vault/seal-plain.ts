import { openSecret, parseSealed, type VaultKey } from './sealed-file.ts';
import { writeVerified } from './stored-secrets.ts';
import type { VaultDisk } from './vault-disk.ts';

/**
 * Seals every secret that stands in a plain file: sealed, read back and compared, and only then is the plain one
 * removed, so that a crash in between leaves at least one good copy. One that cannot be sealed stays as it is.
 * @returns names of the secrets that stayed plain, with what kept them so
 */
export async function sealPlainSecrets(disk: VaultDisk, vault: VaultKey): Promise<ReadonlyMap<string, unknown>> {
  const left = new Map<string, unknown>();
  for (const name of (await disk.names()).plain) {
    try {
      await sealPlain(disk, vault, name);
    } catch (error) {
      left.set(name, error);
    }
  }
  return left;
}

async function sealPlain(disk: VaultDisk, vault: VaultKey, name: string): Promise<void> {
  const value = await disk.readPlain(name);
  if (value === null) return;
  const text = await disk.readSealed(name);
  const sealed = text === null ? null : openSecret(vault, name, text);
  // A sealed one that cannot be opened is never replaced: it may be good, and its vault elsewhere.
  if (text !== null && sealed === null) throw new Error('a sealed file that cannot be opened stands in its place');
  // Two that differ: an older Nunba, which knows plain files alone, wrote after the sealing.
  const isInForce = sealed === value || (sealed !== null && !(await disk.isPlainNewer(name)));
  if (!isInForce) await writeVerified(disk, vault, name, value);
  await disk.removePlain(name);
}

/**
 * Puts sealed files of vaults aside that the person has given up. A move that was cut short is carried on; files of
 * vaults that nobody gave up stay.
 */
export async function keepForeignAside(disk: VaultDisk, vaultId: string): Promise<void> {
  for (const name of (await disk.names()).sealed) {
    const sealed = parseSealed((await disk.readSealed(name)) ?? '');
    if (sealed === null || sealed.vaultId === vaultId) continue;
    if (await disk.isKept(sealed.vaultId)) await disk.keepSealed(sealed.vaultId, name);
  }
}
