import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bytesOf } from '../builders/folder-bytes.ts';
import { modelServer } from '../builders/model-server.ts';
import { runCommand, serveNode, startCommand } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';

const passphrase = 'canary horse battery staple';
const key = 'canary-added-9b52e6d07f';

/** A file with a passphrase, and the environment that names it. */
function passphraseFile(text: string, mode = 0o600): Readonly<Record<string, string>> {
  const file = path.join(tempFolder(), 'passphrase');
  fs.writeFileSync(file, `${text}\n`, { mode });
  return { NUNBA_KEY_PASSPHRASE_FILE: file };
}

/** What any process of this person can see of another. */
const seenOf = (pid: number | undefined): string =>
  process.platform === 'linux'
    ? ['cmdline', 'environ'].map((of) => fs.readFileSync(`/proc/${pid}/${of}`, 'latin1')).join()
    : '';

test('a node seals with the passphrase of a file, finds its keys again, and without it is locked and changes nothing', async () => {
  const models = await modelServer({ key });
  const folder = path.join(tempFolder(), 'data');
  const identity = path.join(folder, 'identity');
  const environment = passphraseFile(passphrase);
  const first = await serveNode(folder, environment);
  const client = await first.connect();
  const draft = {
    kind: 'openai-compatible' as const,
    name: 'One',
    url: `${models.url}/v1`,
    key,
    trustedCertificate: null,
  };
  const { providerId } = await client.call('models.add', { draft, model: 'test-model' });
  const { token } = await client.call('api.token', {});
  const seen = seenOf(first.process.pid);
  const ended = await first.stop();
  for (const text of [...Object.values(bytesOf(folder)), ended.out, ended.errors, seen]) {
    for (const secret of [passphrase, key, token]) expect(text).not.toContain(secret);
  }

  const again = await serveNode(folder, environment);
  const second = await again.connect();
  await second.call('models.refresh', { providerId });
  expect((await second.call('api.token', {})).token).toBe(token);
  await again.stop();

  const before = bytesOf(identity);
  const locked = await serveNode(folder);
  const third = await locked.connect();
  const refused = { failure: { kind: 'keys-locked', reason: 'passphrase-needed' } };
  await expect(third.call('models.refresh', { providerId })).rejects.toMatchObject(refused);
  await expect(third.call('models.update', { providerId, draft })).rejects.toMatchObject(refused);
  const standIn = (await third.call('api.token', {})).token;
  expect(standIn).not.toBe(token);
  const status = (bearer: string): Promise<Response> =>
    fetch(`${locked.address}/status`, { headers: { authorization: `Bearer ${bearer}` } });
  expect([(await status(standIn)).status, (await status(token)).status]).toEqual([200, 401]);
  expect(bytesOf(identity)).toEqual(before);
  await third.call('keys.unlock', { passphrase });
  await third.call('models.refresh', { providerId });
  expect((await status(token)).status).toBe(200);
  await locked.stop();
  expect(bytesOf(identity)).toEqual(before);
});

test('a member whose membership cannot be read once its keys are unlocked says so, until it can', async () => {
  const folder = path.join(tempFolder(), 'data');
  await (await serveNode(folder, passphraseFile(passphrase))).stop();
  const record = path.join(folder, 'identity/membership.json');
  fs.writeFileSync(record, '{ torn');
  const node = await serveNode(folder);
  const client = await node.connect();
  const kinds = async () => (await client.call('status.get', {})).reasons.map(({ kind }) => kind);
  expect(await kinds()).toContain('keys-locked');
  await client.call('keys.unlock', { passphrase });
  await expect.poll(kinds).toContain('trust-closed');
  expect(await client.call('status.get', {})).toMatchObject({ state: 'attention' });
  await client.call('status.check', {});
  expect(await kinds()).toContain('trust-closed');
  fs.rmSync(record);
  await client.call('status.check', {});
  expect(await kinds()).not.toContain('trust-closed');
  await node.stop();
});

test('commands say how keys are kept, and print no token that would be of no use', async () => {
  const folder = path.join(tempFolder(), 'data');
  const environment = passphraseFile(passphrase);
  const sealed = await runCommand(['doctor', '--data', folder], environment);
  expect(sealed.out).toMatch(/^ok {3}Keys are encrypted: The passphrase opened them\./m);
  const token = await runCommand(['token', '--data', folder], environment);
  expect(token.out).toMatch(/^[\w-]{43}\n$/);
  const locked = await runCommand(['doctor', '--data', folder]);
  expect(locked).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^FAIL Stored keys cannot be read: /m),
  });
  const refused = await runCommand(['token', '--data', folder]);
  expect(refused).toMatchObject({ code: 1, out: '', errors: expect.stringMatching(/^The stored keys are locked/) });
});

test.each([
  ['others may read it', () => passphraseFile(passphrase, 0o644), /others may read it; run chmod 600/],
  ['it is empty', () => passphraseFile(''), /the file is empty/],
  ['it is too short', () => passphraseFile('short'), /fewer than 12 characters/],
  ['it is not there', () => ({ NUNBA_KEY_PASSPHRASE_FILE: path.join(tempFolder(), 'none') }), /no such file/],
])('a passphrase file is refused in one sentence when %s', async (_name, environment, words) => {
  const folder = path.join(tempFolder(), 'data');
  const { ended } = startCommand(['serve', '--data', folder, '--port', '0'], environment());
  const { code, errors } = await ended;
  expect(code).toBe(1);
  expect(errors).toMatch(/^NUNBA_KEY_PASSPHRASE_FILE \(.*\) cannot be used: /);
  expect(errors).toMatch(words);
  expect(errors.trim().split('\n')).toHaveLength(1);
  expect(bytesOf(path.join(folder, 'identity'))).toEqual({});
});
