import { FailureError } from '../../api/failures.ts';
import type { KeyStorageView, LockReason } from '../../api/key-views.ts';
import type { OpenVault } from './vault-opening.ts';
import type { VaultRecord } from './vault-record.ts';
import type { KeyringFact } from './vault-state.ts';

/** How a vault stands at present. `keyring` is what this session has. */
export type Standing =
  | { readonly kind: 'plain'; readonly keyring: KeyringFact }
  | {
      readonly kind: 'open';
      readonly vault: OpenVault;
      readonly keyring: KeyringFact;
      /** Secrets that could not be sealed. */
      readonly leftPlain: number;
    }
  | {
      readonly kind: 'locked';
      readonly reason: LockReason;
      readonly record: VaultRecord | null;
      readonly keyring: KeyringFact;
      readonly sealedCount: number;
    };

/** What the page may know of it: no key, no passphrase, nothing sealed. */
export function viewOf(standing: Standing): KeyStorageView {
  const presentBackend = presentOf(standing.keyring);
  switch (standing.kind) {
    case 'plain':
      return { kind: 'plain', presentBackend };
    case 'open': {
      const { record, openedBy } = standing.vault;
      return {
        kind: 'sealed',
        openedBy,
        backends: record.keyrings.map(({ backend }) => backend),
        presentBackend,
        hasRecovery: record.passphrase !== null,
        canSealHere: openedBy === 'passphrase' && standing.keyring.kind === 'present',
        leftPlain: standing.leftPlain,
      };
    }
    case 'locked': {
      const { reason, record, sealedCount } = standing;
      return {
        kind: 'locked',
        reason,
        recordedBackend: recordedOf(standing),
        presentBackend,
        hasRecovery: record !== null && record.passphrase !== null,
        sealedCount,
      };
    }
  }
}

/** What is thrown at whoever needs a key while the vault is locked. */
export function refusalOf(standing: LockedStanding): FailureError {
  const [recordedBackend, presentBackend] = [recordedOf(standing), presentOf(standing.keyring)];
  return new FailureError({ kind: 'keys-locked', reason: standing.reason, recordedBackend, presentBackend });
}

type LockedStanding = Extract<Standing, { kind: 'locked' }>;

/** The keyring that should open them: the present one, if it ever could, else the one that was added last. */
function recordedOf({ record, keyring }: LockedStanding): string | null {
  const backends = record?.keyrings.map(({ backend }) => backend) ?? [];
  const present = presentOf(keyring);
  return backends.find((backend) => backend === present) ?? backends[0] ?? null;
}

const presentOf = (keyring: KeyringFact): string | null => (keyring.kind === 'silent' ? null : keyring.backend);
