import { expect, test } from 'vitest';
import { type VaultFacts, vaultState } from '../../../node-core/platform/vault/vault-state.ts';

const none = { kind: 'none', backend: null } as const;
const basicText = { kind: 'none', backend: 'basic_text' } as const;
const silent = { kind: 'silent' } as const;
const gnome = { kind: 'present', backend: 'gnome_libsecret' } as const;
const kwallet = { kind: 'present', backend: 'kwallet6' } as const;

const noVault = { kind: 'none', hasSealedFiles: false } as const;
const byGnome = { kind: 'present', backends: ['gnome_libsecret'], hasPassphrase: false } as const;
const byGnomeAndPassphrase = { ...byGnome, hasPassphrase: true };
const byPassphrase = { kind: 'present', backends: [], hasPassphrase: true } as const;

type Row = readonly [string, Partial<VaultFacts>, string];

const rows: readonly Row[] = [
  ['no vault, a keyring', { record: noVault, keyring: gnome }, 'make'],
  ['no vault, no keyring', { record: noVault, keyring: none }, 'plain'],
  ['no vault, a keyring that seals with nothing', { record: noVault, keyring: basicText }, 'plain'],
  ['no vault, a silent keyring', { record: noVault, keyring: silent }, 'plain'],
  ['no vault, a passphrase file', { record: noVault, keyring: none, hasPassphraseFile: true }, 'make'],
  ['no vault, both', { record: noVault, keyring: gnome, hasPassphraseFile: true }, 'make'],
  [
    'sealed files without their vault',
    { record: { kind: 'none', hasSealedFiles: true }, keyring: gnome },
    'locked vault-missing',
  ],
  [
    'sealed files without their vault, a passphrase file',
    { record: { kind: 'none', hasSealedFiles: true }, keyring: none, hasPassphraseFile: true },
    'locked vault-missing',
  ],
  ['a damaged vault', { record: { kind: 'damaged' }, keyring: gnome, hasPassphraseFile: true }, 'locked vault-damaged'],
  ['a newer vault', { record: { kind: 'newer' }, keyring: gnome }, 'locked vault-newer'],

  ['its keyring', { record: byGnome, keyring: gnome }, 'try-keyring'],
  ['its keyring opens it', { record: byGnome, keyring: gnome, keyringTry: 'opened' }, 'open keyring'],
  ['its keyring has another key', { record: byGnome, keyring: gnome, keyringTry: 'refused' }, 'locked keyring-refused'],
  [
    'its keyring gives the key of a changed vault',
    { record: byGnome, keyring: gnome, keyringTry: 'damaged' },
    'locked vault-damaged',
  ],
  [
    'its keyring waits for a password',
    { record: byGnome, keyring: gnome, keyringTry: 'silent' },
    'locked keyring-silent',
  ],
  ['a keyring that says nothing at all', { record: byGnome, keyring: silent }, 'locked keyring-silent'],
  ['another keyring is tried first', { record: byGnome, keyring: kwallet }, 'try-keyring'],
  ['another keyring opens it', { record: byGnome, keyring: kwallet, keyringTry: 'opened' }, 'open keyring'],
  ['another keyring cannot', { record: byGnome, keyring: kwallet, keyringTry: 'refused' }, 'locked keyring-changed'],
  ['its keyring is gone', { record: byGnome, keyring: none }, 'locked keyring-missing'],
  ['there is only one that seals with nothing', { record: byGnome, keyring: basicText }, 'locked keyring-missing'],
  [
    'a passphrase file, but no recovery copy',
    { record: byGnome, keyring: none, hasPassphraseFile: true },
    'locked keyring-missing',
  ],
  [
    'a recovery copy, but no passphrase file',
    { record: byGnomeAndPassphrase, keyring: none },
    'locked keyring-missing',
  ],
  ['both: the keyring first', { record: byGnomeAndPassphrase, keyring: gnome, hasPassphraseFile: true }, 'try-keyring'],
  [
    'both: then the passphrase',
    { record: byGnomeAndPassphrase, keyring: kwallet, keyringTry: 'refused', hasPassphraseFile: true },
    'try-passphrase',
  ],
  [
    'no keyring: the passphrase',
    { record: byGnomeAndPassphrase, keyring: none, hasPassphraseFile: true },
    'try-passphrase',
  ],
  [
    'the passphrase opens it',
    { record: byGnomeAndPassphrase, keyring: none, hasPassphraseFile: true, passphraseTry: 'opened' },
    'open passphrase',
  ],
  [
    'the passphrase is another one',
    { record: byGnomeAndPassphrase, keyring: none, hasPassphraseFile: true, passphraseTry: 'refused' },
    'locked passphrase-wrong',
  ],
  [
    'the passphrase opens a changed vault',
    { record: byPassphrase, keyring: none, hasPassphraseFile: true, passphraseTry: 'damaged' },
    'locked vault-damaged',
  ],
  ['a passphrase alone, none given', { record: byPassphrase, keyring: none }, 'locked passphrase-needed'],
  [
    'a passphrase alone, and a keyring that knows nothing of it',
    { record: byPassphrase, keyring: gnome },
    'locked passphrase-needed',
  ],
];

test.each(rows)('%s', (_name, facts, expected) => {
  const base = { keyring: none, keyringTry: 'untried', hasPassphraseFile: false, passphraseTry: 'untried' } as const;
  const step = vaultState({ record: noVault, ...base, ...facts });
  const detail = step.kind === 'open' ? ` ${step.by}` : step.kind === 'locked' ? ` ${step.reason}` : '';
  expect(`${step.kind}${detail}`).toBe(expected);
});
