import { parseSealed } from './sealed-file.ts';
import type { VaultDisk } from './vault-disk.ts';
import { readRecord } from './vault-opening.ts';
import { createVaultId } from './vault-record.ts';

/**
 * Begins to put everything that is sealed aside, after the person has said so: the record stands in both places until a
 * new one replaces it, and sealed files follow when the new vault is opened. So a crash in between loses nothing: the old
 * vault is in force until the new one is whole.
 */
export async function putAside(disk: VaultDisk): Promise<void> {
  const read = await readRecord(disk);
  // A record that cannot be read does not tell its name.
  const named = read.kind === 'present' ? read.record.vaultId : null;
  const found = new Set<string>();
  for (const name of (await disk.names()).sealed) {
    const sealed = parseSealed((await disk.readSealed(name)) ?? '');
    if (sealed !== null) found.add(sealed.vaultId);
  }
  const [only] = found;
  const recordId = named ?? (found.size === 1 && only !== undefined ? only : createVaultId());
  if (read.kind !== 'none') await disk.keepRecord(recordId);
  for (const vaultId of found) if (vaultId !== recordId || read.kind === 'none') await disk.keepFolder(vaultId);
}
