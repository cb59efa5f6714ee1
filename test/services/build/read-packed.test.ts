import path from 'node:path';
import { createPackageWithOptions } from '@electron/asar';
import { expect, test } from 'vitest';
import { asarHash, folderBytes, listAsar, listUnpacked, readPackedText } from '../../../build/packaging/read-packed.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

async function pack(text: string): Promise<string> {
  const source = tempFolder();
  writeFiles(source, { 'package.json': '{}', 'dist/main.js': text, 'lib/one.node': 'binary' });
  const asar = path.join(tempFolder(), 'app.asar');
  await createPackageWithOptions(source, asar, { unpack: '**/*.node' });
  return asar;
}

test('files are listed without folders, and those that stand beside the archive are told apart', async () => {
  const asar = await pack('start();');
  const files = listAsar(asar);
  expect([...files].sort()).toEqual(['dist/main.js', 'lib/one.node', 'package.json']);
  expect(listUnpacked(asar, files)).toEqual(['lib/one.node']);
  expect(readPackedText(asar, 'dist/main.js')).toBe('start();');
});

test('the hash changes with any packed byte', async () => {
  const once = asarHash(await pack('start();'));
  expect(asarHash(await pack('start();'))).toBe(once);
  expect(asarHash(await pack('stopp();'))).not.toBe(once);
});

test('the size is that of all files, however deep', () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.txt': '123', 'b/c/d.txt': '45' });
  expect(folderBytes(folder)).toBe(5);
});
