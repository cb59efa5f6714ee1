import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readLines } from '../../../node-core/agents/knowledge/indexing/read-lines.ts';
import { openTestIndex } from '../../builders/knowledge-index.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

/** An index of `sub/a.txt`, and the same file outside of the root, with other words and the same size and time. */
async function linkable() {
  const index = openTestIndex();
  const outside = tempFolder();
  const at = new Date(1_700_000_000_000);
  const write = (folder: string, files: Record<string, string>): void => {
    writeFiles(folder, files);
    for (const name of Object.keys(files)) fs.utimesSync(path.join(folder, name), at, at);
  };
  write(index.folder, { 'sub/a.txt': 'needle one', 'sub/page.html': '<p>needle one</p>' });
  write(outside, { 'a.txt': 'needle two', 'page.html': '<p>needle two</p>' });
  await index.update();
  const read = (file: string) =>
    readLines(index.file.reading, index.folder, { rootId: 'R', path: file, from: 1, count: 10 });
  return { index, outside, read };
}

it.each(['a.txt', 'page.html'])('%s is not read through a folder that has become a link', async (name) => {
  const { index, outside, read } = await linkable();
  const sub = path.join(index.folder, 'sub');
  expect((await read(`sub/${name}`))?.lines).toEqual(['needle one']);
  fs.rmSync(sub, { recursive: true });
  fs.symlinkSync(outside, sub, 'junction');
  expect(await read(`sub/${name}`)).toBeNull();
  expect(await index.find('needle')).toEqual([]);
  // Told of the file alone, the index takes nothing of it up either.
  fs.utimesSync(path.join(outside, name), 1, 1);
  await index.update([`sub/${name}`]);
  expect(index.files()[`sub/${name}`]).toBe('unreadable');
});

it('nothing is read through a root that has become a link', async () => {
  const { index, outside, read } = await linkable();
  fs.mkdirSync(path.join(outside, 'sub'));
  fs.copyFileSync(path.join(outside, 'a.txt'), path.join(outside, 'sub/a.txt'));
  fs.renameSync(index.folder, `${index.folder}-before`);
  fs.symlinkSync(outside, index.folder, 'junction');
  expect(await read('sub/a.txt')).toBeNull();
});
