import { FailureError } from '../../api/failures.ts';
import type { ThisMachine } from '../../platform/this-machine.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { identityOf } from './held-identity.ts';
import { IdentityDisk, type IdentityFiles, secretName } from './identity-disk.ts';
import { isElsewhere, markOf, markText, readMark } from './machine-mark.ts';
import type { NodeIdentity } from './node-identity.ts';
import {
  makeNodeKeys,
  type NodeKeys,
  privateKeysText,
  publicKeysOf,
  publicKeysText,
  readPrivateKeys,
  readPublicKeys,
} from './node-keys.ts';

export interface IdentityOptions {
  /** `<data>/identity`, absolute. This process owns the data folder. */
  readonly folder: string;
  readonly vault: Pick<Vault, 'secrets' | 'view'>;
  readonly machine: ThisMachine;
  /** The person's answer to `identity-elsewhere`, if there is one. It answers that question and does nothing else. */
  readonly decision: 'move' | 'new' | null;
  readonly log: Log;
  /** Default: the file system. */
  readonly files?: IdentityFiles;
}

export type OpenedIdentity =
  | { readonly kind: 'open'; readonly identity: NodeIdentity }
  /** The keys are sealed, or would have to be, and the vault is locked. `publicKey` 64 hex; `null`: none known. */
  | { readonly kind: 'locked'; readonly publicKey: string | null };

/**
 * Opens the identity of a data folder, making it once (protocol.md, section 1). Where nothing seals secrets the private
 * keys stand in `node_private_key.pem` (0600); where the vault does, they are one of its secrets, and a plain file that
 * is found is sealed, read back and removed.
 *
 * While the vault is locked a flat node runs without: the result is `locked`, and the caller asks again when the vault
 * has changed; also when it was plain and seals now. The private keys are written first and in one piece, the public
 * ones last: so a start that was cut short is finished, and keys that are missing although the public ones, or a
 * membership, are there were lost. When the person began anew with the vault, the identity follows it aside.
 *
 * Throws `identity-unreadable` (damaged, one half, lost, readable by others) and `identity-elsewhere`; nothing was
 * changed then.
 */
export async function openIdentity(options: IdentityOptions): Promise<OpenedIdentity> {
  const disk = new IdentityDisk(options.folder, options.files);
  await disk.removeLeftovers();
  const isLocked = options.vault.view().kind === 'locked';
  if ((await settleMachine(options, disk, isLocked)) === 'wait') return locked(disk);
  const text = await readText(options, disk);
  if (text === null && isLocked) return locked(disk);
  const keys = text === null ? await makeKeys(options, disk) : parseKeys(disk, text);
  await complete(options, disk, keys);
  return { kind: 'open', identity: identityOf(keys) };
}

async function locked(disk: IdentityDisk): Promise<OpenedIdentity> {
  const text = await disk.read('public');
  const read = text === null ? null : readPublicKeys(text);
  return { kind: 'locked', publicKey: read?.kind === 'keys' ? read.keys.publicKey : null };
}

/** Notices a folder that was made on another computer and does what the person decided. */
async function settleMachine(options: IdentityOptions, disk: IdentityDisk, isLocked: boolean): Promise<'go' | 'wait'> {
  const text = await disk.read('machine');
  const made = text === null ? null : readMark(text);
  const here = markOf(options.machine);
  if (made === null || !isElsewhere(made, here)) return 'go';
  switch (options.decision) {
    case null:
      throw disk.elsewhere(made.madeOn);
    case 'move':
      await disk.write('machine', markText(here));
      options.log.info({ madeOn: made.madeOn }, 'The identity has moved to this computer.');
      return 'go';
    case 'new': {
      // Keys that stayed sealed under the same name would come back with the vault.
      if (isLocked) return 'wait';
      await putAside(options, disk);
      return 'go';
    }
  }
}

async function putAside({ vault, log }: IdentityOptions, disk: IdentityDisk): Promise<void> {
  const text = await disk.read('public');
  const read = text === null ? null : readPublicKeys(text);
  const name = read?.kind === 'keys' ? read.keys.publicKey.slice(0, 16) : 'unnamed';
  if (vault.view().kind === 'sealed') {
    const sealed = await vault.secrets.read(secretName);
    if (sealed !== null) {
      await writeVerified(vault, `${secretName}-${name}`, sealed);
      await vault.secrets.remove(secretName);
    }
  }
  await disk.putAside(`aside-${name}`);
  log.info({ nodeId: name }, 'The identity that was made on another computer was put aside.');
}

/** The private keys as they are kept; `null`: there are none, or they are locked. */
async function readText(options: IdentityOptions, disk: IdentityDisk): Promise<string | null> {
  const plain = await disk.read('private');
  if (options.vault.view().kind !== 'sealed') return plain;
  const sealed = await readSealed(options, disk);
  if (plain === null) return sealed;
  if (sealed !== null && sealed !== plain) {
    throw disk.unreadable('private', 'another key of this node is sealed in the vault');
  }
  // What cannot be used is not sealed: the person may still mend the file.
  refuseOther(disk, parseKeys(disk, plain), await disk.read('public'));
  if (sealed === null) await writeVerified(options.vault, secretName, plain);
  await disk.removePrivate();
  return plain;
}

async function readSealed({ vault }: IdentityOptions, disk: IdentityDisk): Promise<string | null> {
  try {
    return await vault.secrets.read(secretName);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { failure } = error;
    throw disk.unreadable('private', failure.kind === 'secret-unreadable' ? failure.reason : failure.kind, error);
  }
}

async function writeVerified({ secrets }: Pick<Vault, 'secrets'>, name: string, text: string): Promise<void> {
  await secrets.write(name, text);
  if ((await secrets.read(name)) !== text) throw new Error(`The secret ${name} was not kept as it was written.`);
}

async function makeKeys(options: IdentityOptions, disk: IdentityDisk): Promise<NodeKeys> {
  if (await disk.wasUsed()) {
    const kept = options.vault.view().kind === 'sealed' ? await disk.vaultPutAside() : null;
    if (kept === null) throw disk.unreadable('private', 'it is missing, but this node has been in use');
    await disk.putAside(kept);
    options.log.warn({}, 'The identity was put aside with the keys that sealed it; this node begins as a new one.');
  }
  const keys = makeNodeKeys();
  const text = privateKeysText(keys);
  if (options.vault.view().kind === 'sealed') await writeVerified(options.vault, secretName, text);
  else await disk.write('private', text);
  return keys;
}

function parseKeys(disk: IdentityDisk, text: string): NodeKeys {
  const read = readPrivateKeys(text);
  if (read.kind === 'unusable') throw disk.unreadable('private', read.reason);
  return read.keys;
}

/** The mark comes first: once the public keys are there, the identity is whole. */
async function complete({ machine }: IdentityOptions, disk: IdentityDisk, keys: NodeKeys): Promise<void> {
  const publicText = await disk.read('public');
  refuseOther(disk, keys, publicText);
  const mark = await disk.read('machine');
  const here = markText(markOf(machine));
  if (mark === null || readMark(mark) === null || (machine.id !== null && mark !== here)) {
    await disk.write('machine', here);
  }
  if (publicText === null) await disk.write('public', publicKeysText(keys));
}

/** A private key of which a byte has changed is a good key, but another node's. */
function refuseOther(disk: IdentityDisk, keys: NodeKeys, publicText: string | null): void {
  if (publicText === null) return;
  const read = readPublicKeys(publicText);
  if (read.kind === 'unusable') throw disk.unreadable('public', read.reason);
  const own = publicKeysOf(keys);
  if (read.keys.publicKey !== own.publicKey || read.keys.sealingKey !== own.sealingKey) {
    throw disk.unreadable('private', 'it does not belong to node_public_key.pem beside it');
  }
}
