import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readLines } from '../../../node-core/agents/knowledge/indexing/read-lines.ts';
import { openTestIndex } from '../../builders/knowledge-index.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

it('tells of lines whether they are those of the file that was indexed', async () => {
  const index = openTestIndex();
  writeFiles(index.folder, { 'a.txt': 'one\ntwo\n', 'page.html': '<p>one</p>' });
  await index.update();
  const read = (file: string) =>
    readLines(index.file.reading, index.folder, { rootId: 'R', path: file, from: 1, count: 10 });
  const lines = { name: 'a.txt', totalLines: 2, lines: ['one', 'two'], isDocument: false, pages: [] };
  expect(await read('a.txt')).toEqual({ ...lines, isChanged: false });
  expect(await read('page.html')).toMatchObject({ isChanged: false });

  // The very same length, at another time.
  fs.writeFileSync(path.join(index.folder, 'a.txt'), 'two\none\n');
  fs.utimesSync(path.join(index.folder, 'a.txt'), 1_000_000, 1_000_000);
  expect(await read('a.txt')).toEqual({ ...lines, lines: ['two', 'one'], isChanged: true });
  await index.update();
  expect(await read('a.txt')).toMatchObject({ lines: ['two', 'one'], isChanged: false });
  expect(await read('none.txt')).toBeNull();
});
