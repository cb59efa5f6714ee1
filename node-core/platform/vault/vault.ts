import { FailureError } from '../../api/failures.ts';
import type { KeyStorageView } from '../../api/key-views.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Keyring, Secrets } from '../../protocol/ports/host.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { KeyringAccess } from './keyring-access.ts';
import { putAside } from './put-aside.ts';
import { keepForeignAside, sealPlainSecrets } from './seal-plain.ts';
import { lockedSecrets, plainSecrets, sealedSecrets } from './stored-secrets.ts';
import { defaultScryptCost } from './vault-crypto.ts';
import type { VaultDisk } from './vault-disk.ts';
import {
  makeVault,
  type OpeningMeans,
  type OpenVault,
  openOrMake,
  readRecord,
  tryPassphrase,
  wrapVerified,
  writeRecord,
} from './vault-opening.ts';
import { maxKeyrings, signRecord, type VaultContent } from './vault-record.ts';
import type { KeyringFact } from './vault-state.ts';
import { refusalOf, type Standing, viewOf } from './vault-view.ts';

/** What a vault is made of. */
export interface VaultOptions {
  readonly disk: VaultDisk;
  readonly keyring: Keyring | null;
  /** Reads the passphrase that the configuration names, or throws `config-invalid`; `null`: it names none. */
  readonly readPassphrase: (() => Promise<string>) | null;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  /** Of scrypt, for new passphrases. Default: 2^17. */
  readonly scryptCost?: number;
}

/** Keeps the secrets of a data folder, sealed wherever something can seal them. */
export interface Vault {
  /** They follow the vault: sealed, plain or locked, as it stands at each call. */
  readonly secrets: Secrets;
  view(): KeyStorageView;
  /** Told of every change; returns what ends it. */
  onChanged(listener: () => void): () => void;
  /** Looks anew at what is there, unless the vault is open. */
  retry(): Promise<void>;
  /** Opens a locked vault until the node ends. Throws `passphrase-refused`. */
  unlock(passphrase: string): Promise<void>;
  /** Sets or replaces the passphrase that opens an open vault, too. Throws `keys-not-sealed` or `keys-locked`. */
  saveRecovery(passphrase: string): Promise<void>;
  /** Lets the present keyring open an open vault as well. Throws `no-keyring`. */
  sealHere(): Promise<void>;
  /** Puts what is locked aside, deleting nothing, and begins a new vault. */
  startAnew(passphrase: string): Promise<void>;
}

/** Opens the vault of a data folder that this process owns, making one where something can seal it. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const vault = new FolderVault(options);
  await vault.retry();
  return vault;
}

class FolderVault implements Vault {
  readonly #options: VaultOptions;
  readonly #disk: VaultDisk;
  readonly #keyring: KeyringAccess;
  readonly #listeners = new Set<() => void>();
  #standing: Standing = { kind: 'plain', keyring: { kind: 'none', backend: null } };
  #stored: Secrets;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: VaultOptions) {
    this.#options = options;
    this.#disk = options.disk;
    this.#stored = plainSecrets(options.disk);
    this.#keyring = new KeyringAccess(options.keyring, options.clock, () => this.#lookLater());
  }

  readonly secrets: Secrets = {
    read: (name) => this.#inTurn(() => this.#stored.read(name)),
    write: (name, value) => this.#inTurn(() => this.#stored.write(name, value)),
    remove: (name) => this.#inTurn(() => this.#stored.remove(name)),
  };

  view(): KeyStorageView {
    return viewOf(this.#standing);
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retry(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#standing.kind === 'open') return;
      const opening = await openOrMake(await this.#means());
      if (opening.kind === 'open') await this.#open(opening.vault, opening.keyring);
      else if (opening.kind === 'plain') this.#become(opening, plainSecrets(this.#disk));
      else {
        const { sealed } = await this.#disk.names();
        const standing: Standing = { ...opening, sealedCount: sealed.length };
        this.#become(
          standing,
          lockedSecrets(this.#disk, () => refusalOf(standing)),
        );
        this.#options.log.warn({ reason: opening.reason }, 'The stored keys are locked; nothing was changed.');
      }
    });
  }

  unlock(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      const standing = this.#standing;
      if (standing.kind !== 'locked') return;
      const read = await readRecord(this.#disk);
      if (read.kind !== 'present' || read.record.passphrase === null) throw refusalOf(standing);
      const tried = await tryPassphrase(read.record, passphrase);
      if (tried.kind === 'refused') throw new FailureError({ kind: 'passphrase-refused' });
      if (tried.kind === 'damaged') throw refusalOf({ ...standing, reason: 'vault-damaged' });
      await this.#open({ record: read.record, key: tried.key, openedBy: 'passphrase' }, standing.keyring);
    });
  }

  saveRecovery(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      const { vault, keyring } = this.#requireOpen();
      const { vaultId } = vault.record;
      const wrap = await wrapVerified(vault.key, vaultId, passphrase, this.#scryptCost);
      await this.#replaceRecord(vault, { ...vault.record, passphrase: wrap }, keyring);
    });
  }

  sealHere(): Promise<void> {
    return this.#inTurn(async () => {
      const { vault } = this.#requireOpen();
      const keyring = await this.#keyring.look();
      const { vaultId, keyrings } = vault.record;
      const wrap = keyring.kind === 'present' ? await this.#keyring.wrap(vault.key, vaultId, keyring.backend) : null;
      if (wrap === null) throw new FailureError({ kind: 'no-keyring' });
      const content = { ...vault.record, keyrings: [wrap, ...keyrings].slice(0, maxKeyrings) };
      await this.#replaceRecord({ ...vault, openedBy: 'keyring' }, content, keyring);
    });
  }

  startAnew(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#standing.kind !== 'locked') return;
      await putAside(this.#disk);
      const keyring = await this.#keyring.look();
      const vault = await makeVault({ ...(await this.#means()), passphrase }, keyring);
      if (vault !== null) await this.#open(vault, keyring);
    });
  }

  get #scryptCost(): number {
    return this.#options.scryptCost ?? defaultScryptCost;
  }

  async #means(): Promise<OpeningMeans> {
    const { readPassphrase } = this.#options;
    const passphrase = readPassphrase === null ? null : await readPassphrase();
    return { disk: this.#disk, keyring: this.#keyring, passphrase, scryptCost: this.#scryptCost };
  }

  async #open(vault: OpenVault, keyring: KeyringFact): Promise<void> {
    const key = { vaultId: vault.record.vaultId, key: vault.key };
    await this.#disk.removeLeftovers();
    await keepForeignAside(this.#disk, key.vaultId);
    const left = await sealPlainSecrets(this.#disk, key);
    for (const [name, error] of left) this.#options.log.warn({ name, error }, `The key ${name} could not be sealed.`);
    this.#become({ kind: 'open', vault, keyring, leftPlain: left.size }, sealedSecrets(this.#disk, key));
  }

  async #replaceRecord(vault: OpenVault, content: VaultContent, keyring: KeyringFact): Promise<void> {
    const record = signRecord(content, vault.key);
    await writeRecord(this.#disk, record);
    await this.#open({ ...vault, record }, keyring);
  }

  #requireOpen(): Extract<Standing, { kind: 'open' }> {
    const standing = this.#standing;
    if (standing.kind === 'open') return standing;
    throw standing.kind === 'locked' ? refusalOf(standing) : new FailureError({ kind: 'keys-not-sealed' });
  }

  #become(standing: Standing, stored: Secrets): void {
    this.#standing = standing;
    this.#stored = stored;
    for (const listener of [...this.#listeners]) listener();
  }

  #lookLater(): void {
    this.retry().catch((error: unknown) => this.#options.log.warn({ error }, 'The keyring could not be used.'));
  }

  /** One thing at a time, in the order of asking. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
