import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isReleaseFile, unsignedSuffix } from '../../../build/packaging/artifact-names.ts';
import { checksumLines, checksumsFile, writeChecksums } from '../../../build/packaging/checksums.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

const notarising = { APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i', APPLE_API_ISSUER: 's' };

test.each([
  ['win', {}, '-unsigned'],
  ['win', { WIN_CSC_LINK: 'certificate.pfx' }, ''],
  ['win', { CSC_LINK: 'certificate.pfx' }, ''],
  ['win', { WIN_CSC_LINK: '' }, '-unsigned'],
  ['mac', { CSC_LINK: 'certificate.p12' }, '-unsigned'],
  ['mac', notarising, '-unsigned'],
  ['mac', { CSC_LINK: 'certificate.p12', ...notarising }, ''],
  ['linux', { CSC_LINK: 'certificate.p12' }, '-unsigned'],
  ['linux', { NUNBA_RELEASE_PRIVATE_KEY_FILE: 'release.pem' }, ''],
] as const)('%s with %o: "%s"', (system, environment, suffix) => {
  expect(unsignedSuffix(system, environment)).toBe(suffix);
});

test.each([
  ['Nunba-0.1.0-win-x64-unsigned.exe', true],
  ['Nunba-0.1.0-mac-universal.dmg', true],
  ['Nunba-0.1.0-linux-x86_64.AppImage', true],
  ['Nunba-0.1.0-linux-amd64.deb', true],
  ['latest-linux.yml', true],
  ['beta.yml', true],
  ['builder-debug.yml', false],
  ['builder-effective-config.yaml', false],
  ['linux-unpacked', false],
])('%s is released: %s', (name, expected) => {
  expect(isReleaseFile(name)).toBe(expected);
});

test('sums are listed by name, as sha256sum wants them', () => {
  const sums = new Map([
    ['b.deb', '22'],
    ['a.exe', '11'],
  ]);
  expect(checksumLines(sums)).toBe('11  a.exe\n22  b.deb\n');
});

test('the sums written beside the files are those of their bytes', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.exe': 'an installer', 'b.deb': 'a package' });
  await writeChecksums(folder, ['b.deb', 'a.exe']);
  const sum = (content: string): string => createHash('sha256').update(content).digest('hex');
  expect(fs.readFileSync(path.join(folder, checksumsFile), 'utf8')).toBe(
    `${sum('an installer')}  a.exe\n${sum('a package')}  b.deb\n`,
  );
});
