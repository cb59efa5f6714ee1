import { expect, test } from 'vitest';
import {
  containedLicences,
  mergeLicences,
  readBundledLicences,
  readInstalledLicence,
} from '../../../build/licences.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

test("the bundler's list is read", () => {
  const json = JSON.stringify([
    { name: 'a', version: '1.0.0', identifier: 'MIT', text: 'Copyright A' },
    { name: 'b', version: '2.0.0', identifier: null, text: null },
  ]);
  expect(readBundledLicences(json)).toEqual([
    { name: 'a', version: '1.0.0', licence: 'MIT', text: 'Copyright A' },
    { name: 'b', version: '2.0.0', licence: 'see text', text: '' },
  ]);
});

test('a package that is shipped as it is has its licence read', () => {
  const root = tempFolder();
  writeFiles(root, {
    'node_modules/@x/y/package.json': JSON.stringify({ name: '@x/y', version: '3.0.0', license: 'ISC' }),
    'node_modules/@x/y/LICENSE.md': 'Copyright Y',
  });
  expect(readInstalledLicence(root, '@x/y')).toEqual({
    name: '@x/y',
    version: '3.0.0',
    licence: 'ISC',
    text: 'Copyright Y',
  });
});

test('each package and version stands in the list once', () => {
  const one = (name: string, version: string) => ({ name, version, licence: 'MIT', text: '' });
  expect(mergeLicences([one('b', '1.0.0'), one('a', '2.0.0'), one('b', '1.0.0'), one('a', '1.0.0')])).toEqual([
    one('a', '1.0.0'),
    one('a', '2.0.0'),
    one('b', '1.0.0'),
  ]);
});

test('what a package holds of others is named too, as long as it is known', () => {
  const one = (name: string, version: string) => ({ name, version, licence: 'MIT', text: '' });
  const { version } = readInstalledLicence('.', 'unpdf');
  expect(containedLicences([one('zod', '1.0.0'), one('unpdf', version)], 'the text')).toEqual([
    { name: 'pdfjs-dist', version: expect.stringMatching(/^6\./), licence: 'Apache-2.0', text: 'the text' },
  ]);
  expect(() => containedLicences([one('unpdf', '0.0.1')], '')).toThrow('It is not known what unpdf 0.0.1 holds');
});
