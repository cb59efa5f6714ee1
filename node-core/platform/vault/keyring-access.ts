import type { Clock } from '../../protocol/ports/clock.ts';
import type { Keyring } from '../../protocol/ports/host.ts';
import { keyFromText, keyToText } from './vault-crypto.ts';
import { judgeKey, type KeyringWrap, type KeyTry, type VaultRecord } from './vault-record.ts';
import type { KeyringFact } from './vault-state.ts';

/**
 * How long a keyring may take before the node goes on without it, ms. It may be asking the person for a password, and
 * chats that need no key should not wait for that.
 */
const patienceMs = 10_000;

/** The keyring of this session, asked with patience that ends. */
export class KeyringAccess {
  readonly #keyring: Keyring | null;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #onLate: () => void;

  /** @param onLate called when a keyring that was silent too long has answered after all */
  constructor(keyring: Keyring | null, clock: Pick<Clock, 'after'>, onLate: () => void) {
    this.#keyring = keyring;
    this.#clock = clock;
    this.#onLate = onLate;
  }

  async look(): Promise<KeyringFact> {
    const keyring = this.#keyring;
    if (keyring === null) return { kind: 'none', backend: null };
    const state = await this.#ask(() => keyring.state());
    if (state === 'silent') return { kind: 'silent' };
    if (state === 'failed') return { kind: 'none', backend: null };
    const { backend, isUsable } = state.value;
    return isUsable ? { kind: 'present', backend } : { kind: 'none', backend };
  }

  /** Tries every text that a keyring has sealed, those of the present one first. */
  async open(record: VaultRecord, presentBackend: string): Promise<KeyTry | { readonly kind: 'silent' }> {
    const isPresent = ({ backend }: KeyringWrap): boolean => backend === presentBackend;
    const wraps = [...record.keyrings.filter(isPresent), ...record.keyrings.filter((wrap) => !isPresent(wrap))];
    for (const { sealed } of wraps) {
      const answer = await this.#unseal(sealed);
      if (answer === 'silent') return { kind: 'silent' };
      const tried = judgeKey(record, answer === 'failed' ? null : keyFromText(answer.value, record.vaultId));
      if (tried.kind !== 'refused') return tried;
    }
    return { kind: 'refused' };
  }

  /** Seals a vault's key and makes sure that the keyring gives it back; `null`: it does not. */
  async wrap(key: Buffer, vaultId: string, backend: string): Promise<KeyringWrap | null> {
    const keyring = this.#keyring;
    if (keyring === null) return null;
    const text = keyToText(key, vaultId);
    const sealed = await this.#ask(() => keyring.seal(text));
    if (sealed === 'silent' || sealed === 'failed') return null;
    const opened = await this.#unseal(sealed.value);
    return typeof opened === 'object' && opened.value === text ? { backend, sealed: sealed.value } : null;
  }

  #unseal(sealed: string): Promise<Answer<string>> {
    return this.#ask(async () => {
      if (this.#keyring === null) throw new Error('no keyring');
      return this.#keyring.unseal(sealed);
    });
  }

  #ask<T>(question: () => Promise<T>): Promise<Answer<T>> {
    return new Promise((resolve) => {
      let isLate = false;
      const timer = this.#clock.after(patienceMs, () => {
        isLate = true;
        resolve('silent');
      });
      const answered = (answer: Answer<T>): void => {
        timer.cancel();
        resolve(answer);
        if (isLate) this.#onLate();
      };
      question().then(
        (value) => answered({ value }),
        () => answered('failed'),
      );
    });
  }
}

type Answer<T> = { readonly value: T } | 'failed' | 'silent';
