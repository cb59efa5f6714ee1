import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSecret, sealSecret, type VaultKey } from '../../../node-core/platform/vault/sealed-file.ts';
import {
  createVaultKey,
  defaultScryptCost,
  keyFromText,
  keyToText,
  unwrapWithPassphrase,
  wrapWithPassphrase,
} from '../../../node-core/platform/vault/vault-crypto.ts';
import {
  createVaultId,
  judgeKey,
  parseRecord,
  recordText,
  signRecord,
  type VaultRecord,
} from '../../../node-core/platform/vault/vault-record.ts';
import { testScryptCost } from '../../builders/vault.ts';

const passphrase = 'correct horse battery staple';
const newVault = (): VaultKey => ({ vaultId: createVaultId(), key: createVaultKey() });

/** Every text that differs from `text` in one byte, each byte once. */
const changedTexts = (text: string): readonly string[] =>
  [...text].map((character, at) => {
    const other = String.fromCharCode(character.charCodeAt(0) ^ 1);
    return text.slice(0, at) + other + text.slice(at + 1);
  });

test('any secret is opened as it was sealed, and never stands in its file', () => {
  const vault = newVault();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 6, maxLength: 300 }), (value) => {
      const text = sealSecret(vault, 'provider.one.key', value);
      expect(openSecret(vault, 'provider.one.key', text)).toBe(value);
      expect(text).not.toContain(value);
    }),
  );
});

test('the same secret is sealed differently each time', () => {
  const vault = newVault();
  expect(sealSecret(vault, 'a', 'secret')).not.toBe(sealSecret(vault, 'a', 'secret'));
});

test('another key, another vault and another name are refused', () => {
  const vault = newVault();
  const text = sealSecret(vault, 'a', 'secret');
  expect(openSecret({ ...vault, key: createVaultKey() }, 'a', text)).toBeNull();
  expect(openSecret({ ...vault, vaultId: createVaultId() }, 'a', text)).toBeNull();
  expect(openSecret(vault, 'b', text)).toBeNull();
  expect(openSecret(vault, 'a', text)).toBe('secret');
});

test('a sealed file with one byte changed, anywhere, is refused', () => {
  const vault = newVault();
  const text = sealSecret(vault, 'a', 'secret');
  expect(changedTexts(text).filter((changed) => openSecret(vault, 'a', changed) !== null)).toEqual([]);
  for (const other of ['', '{}', 'null', text.trimEnd(), `${text} `, text.replace(',', ', ')]) {
    expect(openSecret(vault, 'a', other), other).toBeNull();
  }
});

test('a passphrase wraps the key, at the real cost, and no other opens it', async () => {
  const { vaultId, key } = newVault();
  const wrap = await wrapWithPassphrase(key, vaultId, passphrase);
  expect(wrap).toMatchObject({ kdf: 'scrypt', cost: defaultScryptCost, blockSize: 8, parallelization: 1 });
  expect(defaultScryptCost).toBe(131_072);
  expect(await unwrapWithPassphrase(wrap, vaultId, passphrase)).toEqual(key);
  expect(await unwrapWithPassphrase(wrap, vaultId, `${passphrase} `)).toBeNull();
  expect(await unwrapWithPassphrase(wrap, createVaultId(), passphrase)).toBeNull();
});

test('a passphrase is the same however its letters were composed', async () => {
  const { vaultId, key } = newVault();
  const wrap = await wrapWithPassphrase(key, vaultId, 'Schl\u00fcsselbund!!', testScryptCost);
  expect(await unwrapWithPassphrase(wrap, vaultId, 'Schlu\u0308sselbund!!')).toEqual(key);
});

test('a keyring that gives the key of another vault is noticed', () => {
  const { vaultId, key } = newVault();
  expect(keyFromText(keyToText(key, vaultId), vaultId)).toEqual(key);
  expect(keyFromText(keyToText(key, createVaultId()), vaultId)).toBeNull();
  expect(keyFromText('', vaultId)).toBeNull();
});

async function sampleRecord({ vaultId, key }: VaultKey): Promise<VaultRecord> {
  const keyrings = [{ backend: 'gnome_libsecret', sealed: 'c2VhbGVk' }];
  return signRecord(
    { vaultId, keyrings, passphrase: await wrapWithPassphrase(key, vaultId, passphrase, testScryptCost) },
    key,
  );
}

test('a vault record with one byte changed, anywhere, is refused', async () => {
  const vault = newVault();
  const text = recordText(await sampleRecord(vault));
  const isAccepted = (changed: string): boolean => {
    const read = parseRecord(changed);
    return read.kind === 'present' && judgeKey(read.record, vault.key).kind === 'opened';
  };
  expect(isAccepted(text)).toBe(true);
  expect(changedTexts(text).filter(isAccepted)).toEqual([]);
});

test('what is no record is damaged, and what a newer Nunba wrote is said to be newer', async () => {
  const record = await sampleRecord(newVault());
  for (const text of ['', '{', 'null', '[]', '{"version":1}', JSON.stringify(record)]) {
    expect(parseRecord(text), text).toEqual({ kind: 'damaged' });
  }
  expect(parseRecord('{"version": 2, "anything": []}')).toEqual({ kind: 'newer' });
  expect(parseRecord(null)).toEqual({ kind: 'none' });
});

test('a record cannot ask for all memory', async () => {
  const record = await sampleRecord(newVault());
  const greedy = { ...record, passphrase: { ...record.passphrase, cost: 2 ** 30 } };
  expect(parseRecord(`${JSON.stringify(greedy, null, 2)}\n`)).toEqual({ kind: 'damaged' });
});
