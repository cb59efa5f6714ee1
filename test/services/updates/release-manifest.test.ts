import { expect, test } from 'vitest';
import { makeReleaseKey, sign } from '../../../build/release/sign-folder.ts';
import { fileNamed, previousFile, refuseRelease } from '../../../electron/updates/accept-release.ts';
import { isSignedBy } from '../../../electron/updates/release-key.ts';
import {
  manifestFile,
  type ReleaseManifest,
  readManifest,
  signedBytes,
} from '../../../electron/updates/release-manifest.ts';

const key = makeReleaseKey();
const file = (name: string, letter: string) => ({ name, sha512: `${letter.repeat(86)}==`, sizeBytes: 7 });
const manifest: ReleaseManifest = {
  format: 1,
  version: '0.2.0',
  channel: 'stable',
  date: '2026-11-22',
  notes: 'Schöner, schneller.',
  files: [file('Nunba-0.2.0-x64.AppImage', 'A'), file('Nunba-0.2.0-arm64.AppImage', 'B')],
  previous: { version: '0.1.0', files: [file('Nunba-0.1.0-x64.AppImage', 'C')] },
};
const read = (text: string, publicKey = key.publicKey) =>
  readManifest(text, (bytes, signature) => isSignedBy(Buffer.from(publicKey, 'base64'), bytes, signature));
const signed = manifestFile(manifest, sign(manifest, key.privateKey));

test('what the key has signed is read', () => {
  expect(read(signed)).toEqual(manifest);
});

test('how it is written does not matter, what it says does', () => {
  const { files, notes, ...others } = manifest;
  const shuffled = JSON.stringify({ signature: sign(manifest, key.privateKey), manifest: { notes, ...others, files } });
  expect(read(shuffled)).toEqual(manifest);
  expect(Buffer.from(signedBytes({ b: 1, a: ['ä', null] })).toString()).toBe(
    'nunba release manifest v1\n{"a":["ä",null],"b":1}',
  );
});

test('another key, a bare signature and a signature for other bytes do not do', () => {
  expect(read(signed, makeReleaseKey().publicKey)).toBeNull();
  expect(read(manifestFile(manifest, sign({ ...manifest, version: '0.2.1' }, key.privateKey)))).toBeNull();
  expect(read(JSON.stringify({ manifest, signature: '' }))).toBeNull();
});

test('a change of any one character of what is signed is found out', () => {
  for (let at = 0; at < signed.length; at += 3) {
    const changed = `${signed.slice(0, at)}${signed[at] === 'x' ? 'y' : 'x'}${signed.slice(at + 1)}`;
    expect([at, read(changed)]).toEqual([at, null]);
  }
});

test.each([
  ['a field more', { ...manifest, extra: 1 }],
  ['a folder in a name', { ...manifest, files: [file('../Nunba-0.2.0.exe', 'A')] }],
  ['no files', { ...manifest, files: [] }],
  ['another format', { ...manifest, format: 2 }],
  ['no version', { ...manifest, version: 'latest' }],
])('what is signed but has %s is not taken', (_, odd) => {
  expect(read(manifestFile(odd as ReleaseManifest, sign(odd as ReleaseManifest, key.privateKey)))).toBeNull();
});

test('what is no manifest at all is not taken', () => {
  for (const text of ['', 'null', '[]', '{', '{}', 'x'.repeat(300_000)]) expect(read(text)).toBeNull();
});

const offered = { version: '0.2.0', files: manifest.files };
const asked = { manifest, offered, running: '0.1.0', channel: 'stable' } as const;

test.each([
  ['the next version', asked, null],
  ['the version that runs', { ...asked, running: '0.2.0' }, 'older-version'],
  ['an older one', { ...asked, running: '0.3.0-beta.1' }, 'older-version'],
  ['another one than the feed names', { ...asked, offered: { ...offered, version: '0.2.1' } }, 'feed-unreadable'],
  ['a file that nobody signed', { ...asked, offered: { ...offered, files: [file('x', 'Z')] } }, 'package-changed'],
  ['a file without a sum', { ...asked, offered: { ...offered, files: [{}] } }, 'package-changed'],
  ['no file', { ...asked, offered: { ...offered, files: [] } }, 'package-changed'],
  ['beta for stable', { ...asked, manifest: { ...manifest, channel: 'beta' as const } }, 'feed-unreadable'],
  ['stable for beta', { ...asked, channel: 'beta' as const }, null],
])('%s', (_, release, reason) => {
  expect(refuseRelease(release)).toBe(reason);
});

test('finds the file of a name, and that of the version before for the same system', () => {
  expect(fileNamed(manifest, 'Nunba-0.2.0-x64.AppImage')?.sha512).toBe(`${'A'.repeat(86)}==`);
  expect(fileNamed(manifest, 'Nunba-0.2.0.exe')).toBeUndefined();
  expect(previousFile(manifest, 'Nunba-0.2.0-x64.AppImage')?.name).toBe('Nunba-0.1.0-x64.AppImage');
  expect(previousFile(manifest, 'Nunba-0.2.0-arm64.AppImage')).toBeUndefined();
  expect(previousFile({ ...manifest, previous: null }, 'Nunba-0.2.0-x64.AppImage')).toBeUndefined();
});
