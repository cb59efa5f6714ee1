import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { openTestVault } from '../../builders/vault.ts';
import { createFakeKeyring } from '../../doubles/keyring.ts';

const inSecrets = (identity: string, name: string): string => path.join(identity, 'secrets', `${name}.sealed`);
const idOf = (text: string): string => (JSON.parse(text) as { readonly vaultId: string }).vaultId;

test('a secret takes the place of one of another vault without destroying it, or giving up the rest of it', async () => {
  const other = path.join(tempFolder(), 'identity');
  const theirs = await openTestVault(other, { keyring: createFakeKeyring() });
  await theirs.secrets.write('one', 'theirs');
  await theirs.secrets.write('two', 'theirs too');
  const [one, two] = ['one', 'two'].map((name) => fs.readFileSync(inSecrets(other, name), 'utf8'));
  const identity = path.join(tempFolder(), 'identity');
  const keyring = createFakeKeyring();
  const vault = await openTestVault(identity, { keyring });
  writeFiles(path.join(identity, 'secrets'), { 'one.sealed': one ?? '', 'two.sealed': two ?? '' });

  await vault.secrets.write('one', 'ours');
  await vault.secrets.write('one', 'ours again');

  const aside = path.join(identity, `vault-${idOf(one ?? '')}.replaced`);
  expect(fs.readdirSync(aside)).toEqual(['one.sealed']);
  expect(fs.readFileSync(path.join(aside, 'one.sealed'), 'utf8')).toBe(one);
  const again = await openTestVault(identity, { keyring });
  expect(await again.secrets.read('one')).toBe('ours again');
  expect(fs.readFileSync(inSecrets(identity, 'two'), 'utf8')).toBe(two);
});
