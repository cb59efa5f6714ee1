import type { LockReason } from '../../api/key-views.ts';

/** What is known about a vault and what could open it. Attempts are facts, too, once they were made. */
export interface VaultFacts {
  readonly record:
    | { readonly kind: 'none'; readonly hasSealedFiles: boolean }
    | { readonly kind: 'damaged' }
    | { readonly kind: 'newer' }
    | {
        readonly kind: 'present';
        /** Keyrings that sealed its key, newest first. */
        readonly backends: readonly string[];
        readonly hasPassphrase: boolean;
      };
  readonly keyring: KeyringFact;
  /** `damaged`: it gave the key, and the record is not as the holder of the key wrote it. */
  readonly keyringTry: 'untried' | 'opened' | 'refused' | 'silent' | 'damaged';
  readonly hasPassphraseFile: boolean;
  readonly passphraseTry: 'untried' | 'opened' | 'refused' | 'damaged';
}

/** The keyring of this session. */
export type KeyringFact =
  /** `backend`: what there is instead, such as `basic_text`. */
  | { readonly kind: 'none'; readonly backend: string | null }
  | { readonly kind: 'silent' }
  | { readonly kind: 'present'; readonly backend: string };

/** What comes next: an attempt, after which the facts are looked at anew, or how it ends. */
export type VaultStep =
  | { readonly kind: 'make' }
  | { readonly kind: 'try-keyring' }
  | { readonly kind: 'try-passphrase' }
  | { readonly kind: 'open'; readonly by: 'keyring' | 'passphrase' }
  | { readonly kind: 'plain' }
  | { readonly kind: 'locked'; readonly reason: LockReason };

/**
 * Decides how the keys are reached. What is there is never replaced: whatever cannot be opened is locked, with the
 * reason, until the person decides.
 */
export function vaultState(facts: VaultFacts): VaultStep {
  switch (facts.record.kind) {
    case 'damaged':
      return locked('vault-damaged');
    case 'newer':
      return locked('vault-newer');
    case 'none':
      return facts.record.hasSealedFiles ? locked('vault-missing') : withoutVault(facts);
    case 'present':
      return withVault(facts, facts.record);
  }
}

function withoutVault({ keyring, hasPassphraseFile }: VaultFacts): VaultStep {
  return keyring.kind === 'present' || hasPassphraseFile ? { kind: 'make' } : { kind: 'plain' };
}

type PresentRecord = Extract<VaultFacts['record'], { kind: 'present' }>;

function withVault(facts: VaultFacts, record: PresentRecord): VaultStep {
  const { keyring, keyringTry, passphraseTry } = facts;
  if (keyringTry === 'opened') return { kind: 'open', by: 'keyring' };
  if (passphraseTry === 'opened') return { kind: 'open', by: 'passphrase' };
  if (keyringTry === 'damaged' || passphraseTry === 'damaged') return locked('vault-damaged');
  const isSealedByKeyring = record.backends.length > 0;
  if (isSealedByKeyring && keyring.kind === 'present' && keyringTry === 'untried') return { kind: 'try-keyring' };
  if (record.hasPassphrase && facts.hasPassphraseFile) {
    return passphraseTry === 'untried' ? { kind: 'try-passphrase' } : locked('passphrase-wrong');
  }
  return locked(isSealedByKeyring ? keyringReason(facts, record.backends) : 'passphrase-needed');
}

function keyringReason({ keyring, keyringTry }: VaultFacts, recorded: readonly string[]): LockReason {
  if (keyring.kind === 'none') return 'keyring-missing';
  if (keyring.kind === 'silent' || keyringTry === 'silent') return 'keyring-silent';
  return recorded.includes(keyring.backend) ? 'keyring-refused' : 'keyring-changed';
}

const locked = (reason: LockReason): VaultStep => ({ kind: 'locked', reason });
