import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeReleaseKey, signFolder } from '../../../build/release/sign-folder.ts';
import { readUpdateFeed } from '../../../build/release/update-feed.ts';
import { isSignedBy } from '../../../electron/updates/release-key.ts';
import { readManifest } from '../../../electron/updates/release-manifest.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const run = (...args: string[]) =>
  spawnSync(process.execPath, [path.resolve('build/sign-release.ts'), ...args], { encoding: 'utf8' });

function keyIn(folder: string): { readonly file: string; readonly publicKey: string } {
  const file = path.join(folder, 'release-key.pem');
  const { stdout } = run('keygen', file);
  return { file, publicKey: /NUNBA_RELEASE_KEY=(\S+)/.exec(stdout)?.[1] ?? '' };
}

test('a made key signs a folder that an app with its public half believes', () => {
  const folder = tempFolder();
  const key = keyIn(tempFolder());
  for (const name of ['Nunba-0.2.0.exe', 'Nunba-0.2.0.AppImage', 'latest.yml', 'SHA256SUMS']) {
    fs.writeFileSync(path.join(folder, name), name);
  }
  const notes = path.join(tempFolder(), 'notes.txt');
  fs.writeFileSync(notes, 'Faster.\n');
  const { stdout, stderr } = run(
    folder,
    '--key',
    key.file,
    '--version',
    '0.2.0',
    '--notes',
    notes,
    '--date',
    '2026-11-22',
  );
  expect([stdout, stderr]).toEqual([`Signed: ${path.join(folder, 'release-manifest-0.2.0.json')}\n`, '']);
  const text = fs.readFileSync(path.join(folder, 'release-manifest-0.2.0.json'), 'utf8');
  const publicKey = Buffer.from(key.publicKey, 'base64');
  const manifest = readManifest(text, (bytes, signature) => isSignedBy(publicKey, bytes, signature));
  expect(manifest).toMatchObject({ version: '0.2.0', channel: 'stable', notes: 'Faster.', previous: null });
  expect(manifest?.files.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
    ['Nunba-0.2.0.AppImage', 20],
    ['Nunba-0.2.0.exe', 15],
  ]);
  if (process.platform !== 'win32') expect(fs.statSync(key.file).mode & 0o777).toBe(0o600);
});

test('a key is never written over, and what cannot be signed is said in a sentence', () => {
  const folder = tempFolder();
  const key = keyIn(folder);
  const before = fs.readFileSync(key.file, 'utf8');
  expect(run('keygen', key.file)).toMatchObject({ status: 1 });
  expect(fs.readFileSync(key.file, 'utf8')).toBe(before);
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('Say which folder to sign') });
  const empty = run(folder, '--key', key.file, '--version', '0.2.0');
  expect(empty).toMatchObject({ status: 1, stderr: `There is no package of version 0.2.0 in ${folder}.\n` });
});

const signIn = (folder: string, version: string) =>
  signFolder({
    folder,
    version,
    channel: version.includes('-') ? 'beta' : 'stable',
    date: '2026-11-22',
    notes: '',
    previousManifest: null,
    privateKey: makeReleaseKey().privateKey,
  });

test.each([
  ['1.2.0', 'Nunba-11.2.0-linux-x64.AppImage'],
  ['1.2.0', 'Nunba-1.2.0-beta.1-linux-x64.AppImage'],
  ['1.2.0', 'Nunba-1.2.01-linux-x64.AppImage'],
  ['1.2.0', 'Nunba-1.2.0-beta.1.exe'],
  ['1.2.0-beta.1', 'Nunba-1.2.0-beta.11-win-x64-unsigned.exe'],
  ['1.2.0', 'Another.exe'],
])('%s is not signed in a folder with %s', async (version, other) => {
  const folder = tempFolder();
  for (const name of [`Nunba-${version}-linux-x64.AppImage`, other]) fs.writeFileSync(path.join(folder, name), name);
  await expect(signIn(folder, version)).rejects.toThrow(`${other} is no package of version ${version}.`);
  expect(fs.readdirSync(folder)).toHaveLength(2);
});

test.each(['1.2.0', '1.2.0-beta.1', '1.2.0-rc-2'])('packages of %s for every system are signed', async (version) => {
  const folder = tempFolder();
  const endings = ['linux-x86_64-unsigned.AppImage', 'linux-amd64.deb', 'win-x64-unsigned.exe', 'mac-universal.zip'];
  const names = endings.map((ending) => `Nunba-${version}-${ending}`).sort();
  for (const name of names) fs.writeFileSync(path.join(folder, name), name);
  const { manifest } = JSON.parse(fs.readFileSync(await signIn(folder, version), 'utf8')) as {
    readonly manifest: { readonly files: readonly { readonly name: string }[] };
  };
  expect(manifest.files.map((file) => file.name)).toEqual(names);
});

const releaseKey = Buffer.alloc(32, 7).toString('base64');

test.each([
  [{}, { feed: '', releaseKey: '' }],
  [
    { NUNBA_UPDATE_FEED: 'https://example.org/nunba', NUNBA_RELEASE_KEY: releaseKey },
    { feed: 'https://example.org/nunba/', releaseKey },
  ],
  [
    { NUNBA_UPDATE_FEED: 'http://127.0.0.1:8080/', NUNBA_RELEASE_KEY: releaseKey },
    { feed: 'http://127.0.0.1:8080/', releaseKey },
  ],
])('a build with %j looks where it is told', (environment, feed) => {
  expect(readUpdateFeed(environment)).toEqual(feed);
});

test.each([
  [{ NUNBA_UPDATE_FEED: 'https://example.org/' }, 'NUNBA_RELEASE_KEY is not'],
  [{ NUNBA_RELEASE_KEY: releaseKey }, 'NUNBA_UPDATE_FEED is not'],
  [{ NUNBA_UPDATE_FEED: 'http://example.org/', NUNBA_RELEASE_KEY: releaseKey }, 'no address of a feed'],
  [{ NUNBA_UPDATE_FEED: 'example.org', NUNBA_RELEASE_KEY: releaseKey }, 'no address of a feed'],
  [{ NUNBA_UPDATE_FEED: 'https://example.org/?a', NUNBA_RELEASE_KEY: releaseKey }, 'no address of a feed'],
  [{ NUNBA_UPDATE_FEED: 'https://example.org/', NUNBA_RELEASE_KEY: 'short' }, 'no public key'],
])('a build with %j fails with a sentence', (environment, sentence) => {
  expect(() => readUpdateFeed(environment)).toThrow(sentence);
});
