import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../../../node-core/api/failures.ts';
import { bytesOf } from '../../builders/folder-bytes.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { openTestVault } from '../../builders/vault.ts';
import { createFakeKeyring } from '../../doubles/keyring.ts';

const passphrase = 'correct horse battery staple';
const name = 'provider.one.key';
const secret = 'sk-live-0123456789';

const sealedFile = (identity: string, of = name): string => path.join(identity, 'secrets', `${of}.sealed`);

test('sealed files without their vault are not taken for none', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const keyring = createFakeKeyring();
  await (await openTestVault(identity, { keyring })).secrets.write(name, secret);
  fs.rmSync(path.join(identity, 'vault.json'));
  const before = bytesOf(identity);
  const vault = await openTestVault(identity, { keyring, passphrase });
  expect(vault.view()).toMatchObject({ kind: 'locked', reason: 'vault-missing' });
  expect(bytesOf(identity)).toEqual(before);
  await vault.startAnew(passphrase);
  expect(await vault.secrets.read(name)).toBeNull();
  expect(Object.values(bytesOf(identity))).toContain(Object.values(before)[0]);
});

test('exchanged and changed files are refused, never taken for none', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const vault = await openTestVault(identity, { keyring: createFakeKeyring() });
  await vault.secrets.write('a', 'first');
  await vault.secrets.write('b', 'second');
  fs.copyFileSync(sealedFile(identity, 'a'), sealedFile(identity, 'c'));
  fs.renameSync(sealedFile(identity, 'a'), sealedFile(identity, 'x'));
  fs.renameSync(sealedFile(identity, 'b'), sealedFile(identity, 'a'));
  fs.writeFileSync(sealedFile(identity, 'd'), 'x'.repeat(200_000));
  fs.mkdirSync(sealedFile(identity, 'e'));
  for (const each of ['a', 'c', 'x', 'd', 'e']) {
    expect(await vault.secrets.read(each).catch(failureOf), each).toMatchObject({
      kind: 'secret-unreadable',
      name: each,
    });
  }
  expect(await vault.secrets.read('b')).toBeNull();
});

test('a name cannot lead out of the folder', async () => {
  const identity = path.join(tempFolder(), 'identity');
  for (const keyring of [null, createFakeKeyring()]) {
    const { secrets } = await openTestVault(identity, { keyring });
    for (const bad of ['../x', 'a/b', '.', '..', '', '.hidden', 'A', 'a'.repeat(81), 'a.sealed']) {
      await expect(secrets.write(bad, 'x'), bad).rejects.toThrow();
    }
  }
  expect(Object.keys(bytesOf(identity))).toEqual(['vault.json']);
});
