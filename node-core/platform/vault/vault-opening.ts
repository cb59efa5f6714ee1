import type { LockReason } from '../../api/key-views.ts';
import type { KeyringAccess } from './keyring-access.ts';
import { createVaultKey, unwrapWithPassphrase, wrapWithPassphrase } from './vault-crypto.ts';
import type { VaultDisk } from './vault-disk.ts';
import {
  createVaultId,
  judgeKey,
  type KeyTry,
  parseRecord,
  type ReadRecord,
  recordText,
  signRecord,
  type VaultRecord,
} from './vault-record.ts';
import { type KeyringFact, type VaultFacts, type VaultStep, vaultState } from './vault-state.ts';

/** What opening a vault needs. */
export interface OpeningMeans {
  readonly disk: VaultDisk;
  readonly keyring: KeyringAccess;
  /** That the configuration names, or `null`. */
  readonly passphrase: string | null;
  /** Of scrypt, for a new vault. */
  readonly scryptCost: number;
}

/** A vault that is open: its record as it stands on the disk, and its key. */
export interface OpenVault {
  readonly record: VaultRecord;
  readonly key: Buffer;
  readonly openedBy: 'keyring' | 'passphrase';
}

/** How opening ended; `keyring` is what this session has. */
export type Opening =
  | { readonly kind: 'open'; readonly vault: OpenVault; readonly keyring: KeyringFact }
  | { readonly kind: 'plain'; readonly keyring: KeyringFact }
  | {
      readonly kind: 'locked';
      readonly reason: LockReason;
      /** As far as it can be read. */
      readonly record: VaultRecord | null;
      readonly keyring: KeyringFact;
    };

/** Looks at what is there, tries what may open it, and makes a vault where there is none. Replaces nothing. */
export async function openOrMake(means: OpeningMeans): Promise<Opening> {
  const read = await readRecord(means.disk);
  const found: Found = { means, record: read.kind === 'present' ? read.record : null, key: null };
  let facts = await factsOf(means, read, await means.keyring.look());
  for (;;) {
    const step = vaultState(facts);
    if (step.kind === 'try-keyring' || step.kind === 'try-passphrase') {
      facts = await attempt(found, facts, step.kind);
    } else if (step.kind === 'make') {
      const vault = await makeVault(means, facts.keyring);
      if (vault !== null) return { kind: 'open', vault, keyring: facts.keyring };
      // A keyring that does not give back what it sealed is none.
      facts = { ...facts, keyring: { kind: 'none', backend: backendOf(facts.keyring) } };
    } else {
      return ended(found, step, facts.keyring);
    }
  }
}

/** What has come to light so far. */
interface Found {
  readonly means: OpeningMeans;
  readonly record: VaultRecord | null;
  key: Buffer | null;
}

async function attempt(found: Found, facts: VaultFacts, way: 'try-keyring' | 'try-passphrase'): Promise<VaultFacts> {
  const { means, record } = found;
  if (record === null) throw new Error('there is no vault that could be tried');
  const tried =
    way === 'try-keyring'
      ? await means.keyring.open(record, backendOf(facts.keyring))
      : await tryPassphrase(record, means.passphrase);
  if (tried.kind === 'opened') found.key = tried.key;
  if (tried.kind === 'silent' || way === 'try-keyring') return { ...facts, keyringTry: tried.kind };
  return { ...facts, passphraseTry: tried.kind };
}

function ended(
  found: Found,
  step: Extract<VaultStep, { kind: 'open' | 'plain' | 'locked' }>,
  keyring: KeyringFact,
): Opening {
  const { record, key } = found;
  if (step.kind === 'plain') return { kind: 'plain', keyring };
  if (step.kind === 'locked') return { kind: 'locked', reason: step.reason, record, keyring };
  if (record === null || key === null) throw new Error('a vault was decided to be open without its key');
  return { kind: 'open', vault: { record, key, openedBy: step.by }, keyring };
}

/**
 * Makes a new vault, wrapped by the keyring where there is one and by the passphrase where there is one, and makes sure
 * that each of them opens it before it counts. `null`: nothing could wrap it, and nothing was written.
 */
export async function makeVault(means: OpeningMeans, keyring: KeyringFact): Promise<OpenVault | null> {
  const { disk, passphrase, scryptCost } = means;
  const [key, vaultId] = [createVaultKey(), createVaultId()];
  const sealed = keyring.kind === 'present' ? await means.keyring.wrap(key, vaultId, keyring.backend) : null;
  if (sealed === null && passphrase === null) return null;
  const wrapped = passphrase === null ? null : await wrapVerified(key, vaultId, passphrase, scryptCost);
  const record = signRecord({ vaultId, keyrings: sealed === null ? [] : [sealed], passphrase: wrapped }, key);
  await writeRecord(disk, record);
  return { record, key, openedBy: sealed === null ? 'passphrase' : 'keyring' };
}

/** Wraps a key and makes sure that the passphrase opens it. */
export async function wrapVerified(
  key: Buffer,
  vaultId: string,
  passphrase: string,
  scryptCost: number,
): Promise<VaultRecord['passphrase']> {
  const wrap = await wrapWithPassphrase(key, vaultId, passphrase, scryptCost);
  const opened = await unwrapWithPassphrase(wrap, vaultId, passphrase);
  if (opened?.equals(key) !== true) throw new Error('a wrapped key does not open again');
  return wrap;
}

/** Writes a record and makes sure that it is there. */
export async function writeRecord(disk: VaultDisk, record: VaultRecord): Promise<void> {
  const text = recordText(record);
  await disk.writeRecord(text);
  if ((await disk.readRecord()) !== text) throw new Error('a vault record was not kept as written');
}

/** Tries the recovery copy of a vault. */
export async function tryPassphrase(record: VaultRecord, passphrase: string | null): Promise<KeyTry> {
  if (record.passphrase === null || passphrase === null) return { kind: 'refused' };
  return judgeKey(record, await unwrapWithPassphrase(record.passphrase, record.vaultId, passphrase));
}

/** A record that is there and cannot be read counts as damaged. */
export async function readRecord(disk: VaultDisk): Promise<ReadRecord> {
  try {
    return parseRecord(await disk.readRecord());
  } catch {
    return { kind: 'damaged' };
  }
}

async function factsOf(means: OpeningMeans, read: ReadRecord, keyring: KeyringFact): Promise<VaultFacts> {
  const rest = {
    keyring,
    keyringTry: 'untried',
    hasPassphraseFile: means.passphrase !== null,
    passphraseTry: 'untried',
  } as const;
  if (read.kind === 'none') {
    const { sealed } = await means.disk.names();
    return { ...rest, record: { kind: 'none', hasSealedFiles: sealed.length > 0 } };
  }
  if (read.kind !== 'present') return { ...rest, record: read };
  const { keyrings, passphrase } = read.record;
  const backends = keyrings.map(({ backend }) => backend);
  return { ...rest, record: { kind: 'present', backends, hasPassphrase: passphrase !== null } };
}

/** The name of what this session has; empty where nothing is known. */
const backendOf = (keyring: KeyringFact): string =>
  keyring.kind === 'silent' || keyring.backend === null ? '' : keyring.backend;
