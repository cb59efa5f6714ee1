import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failureOf } from '../../../node-core/api/failures.ts';
import { createFileSecrets } from '../../../node-core/platform/file-secrets.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

test('nothing is made before the first secret', async () => {
  const folder = path.join(tempFolder(), 'identity', 'secrets');
  const secrets = createFileSecrets(folder);
  expect(await secrets.read('api.chat-token')).toBeNull();
  await secrets.remove('api.chat-token');
  expect(fs.existsSync(path.dirname(folder))).toBe(false);
});

test('a secret is read as it was written, replaced and removed', async () => {
  const secrets = createFileSecrets(tempFolder());
  await secrets.write('provider.one.key', 'first');
  await secrets.write('provider.one.key', 'sécond\n');
  expect(await secrets.read('provider.one.key')).toBe('sécond\n');
  await secrets.remove('provider.one.key');
  await secrets.remove('provider.one.key');
  expect(await secrets.read('provider.one.key')).toBeNull();
});

test.skipIf(process.platform === 'win32')('it is for its owner alone, and nothing else lies beside it', async () => {
  const folder = path.join(tempFolder(), 'secrets');
  await createFileSecrets(folder).write('a', 'secret');
  expect(fs.readdirSync(folder)).toEqual(['a']);
  expect(fs.statSync(path.join(folder, 'a')).mode & 0o777).toBe(0o600);
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
});

test('what is there and cannot be read is a failure, never "none"', async () => {
  const folder = tempFolder();
  fs.mkdirSync(path.join(folder, 'odd'));
  fs.writeFileSync(path.join(folder, 'huge'), 'x'.repeat(70_000));
  const secrets = createFileSecrets(folder);
  for (const name of ['odd', 'huge']) {
    expect(await secrets.read(name).catch(failureOf)).toMatchObject({ kind: 'secret-unreadable', name });
  }
});

test('a name cannot lead out of the folder', async () => {
  const folder = tempFolder();
  const secrets = createFileSecrets(folder);
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.constantFrom('../x', 'a/b', '.', '..', '')), async (name) => {
      fc.pre(!/^[a-z0-9-][a-z0-9.-]{0,79}$/.test(name));
      await expect(secrets.write(name, 'x')).rejects.toThrow();
    }),
  );
  expect(fs.readdirSync(folder)).toEqual([]);
});
