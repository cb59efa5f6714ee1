import fs from 'node:fs';
import path from 'node:path';
import type { Vault } from '../../node-core/platform/vault/vault.ts';
import type { NodeIdentity } from '../../node-core/trust/identity/node-identity.ts';
import {
  type IdentityOptions,
  type OpenedIdentity,
  openIdentity,
} from '../../node-core/trust/identity/open-identity.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { tempFolder } from './temp-folder.ts';
import { openTestVault } from './vault.ts';

/** The computer that the identities of tests are made on. */
export const here = { id: '0123456789abcdef0123456789abcdef', name: 'here' };
export const passphrase = 'correct horse battery staple';

/** Where an identity can be; nothing is there yet. */
export const newFolder = (): string => path.join(tempFolder(), 'identity');

/** The same identity in another folder. */
export function copyOf(made: string): string {
  const folder = newFolder();
  fs.cpSync(made, folder, { recursive: true });
  return folder;
}

/** Opens the identity in a folder, in a plain vault of that folder unless told otherwise. */
export const open = async (folder: string, changes: Partial<IdentityOptions> = {}): Promise<OpenedIdentity> =>
  openIdentity({
    folder,
    vault: changes.vault ?? (await openTestVault(folder)),
    machine: here,
    decision: null,
    log: createRecordedLog(),
    ...changes,
  });

/** And expects that it is not locked. */
export async function opened(folder: string, changes: Partial<IdentityOptions> = {}): Promise<NodeIdentity> {
  const result = await open(folder, changes);
  if (result.kind !== 'open') throw new Error('it is locked');
  return result.identity;
}

/** A vault that seals what it keeps under the passphrase. */
export const sealedVault = (folder: string): Promise<Vault> => openTestVault(folder, { passphrase });
