import { systemClock } from '../../node-core/platform/system-clock.ts';
import { openVault, type Vault, type VaultOptions } from '../../node-core/platform/vault/vault.ts';
import { VaultDisk, type VaultFiles } from '../../node-core/platform/vault/vault-disk.ts';
import type { Keyring } from '../../node-core/protocol/ports/host.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';

/** Cheap enough for tests; the real cost is tried in a test of its own. */
export const testScryptCost = 2 ** 4;

/** What a test says about a vault. */
export interface TestVault {
  readonly keyring?: Keyring | null;
  /** As the file that the configuration names holds it. */
  readonly passphrase?: string | null;
  readonly files?: VaultFiles;
  readonly options?: Partial<VaultOptions>;
}

/** Opens the vault in a folder `identity`. */
export function openTestVault(
  identity: string,
  { keyring, passphrase, files, options }: TestVault = {},
): Promise<Vault> {
  return openVault({
    disk: new VaultDisk(identity, files),
    keyring: keyring ?? null,
    readPassphrase: passphrase == null ? null : async () => passphrase,
    clock: systemClock,
    log: createRecordedLog(),
    scryptCost: testScryptCost,
    ...options,
  });
}
