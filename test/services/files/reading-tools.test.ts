import fs from 'node:fs';
import { expect, test } from 'vitest';
import { fileHands } from '../../builders/file-hands.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

test('a folder is listed with sizes and dates, deeper on request, without what is out of reach', async () => {
  const { at, read } = fileHands();
  writeFiles(at('picked'), { 'b.txt': 'bb', 'inner/c.md': 'c', 'inner/deep/d.md': 'd', '.env': 'KEY=1' });
  fs.symlinkSync('/etc', at('picked/out'));
  fs.utimesSync(at('picked/b.txt'), 1_000_000, 1_000_000);

  expect(await read('list_files', {})).toMatchObject({
    folder: '.',
    entries: [
      { path: 'b.txt', kind: 'file', sizeBytes: 2, changed: '1970-01-12T13:46:40.000Z' },
      { path: 'inner', kind: 'folder' },
      { path: 'out', kind: 'link' },
    ],
    total: 3,
    next: null,
    notShown: { outOfReach: 1 },
  });
  expect(await read('list_files', { depth: 3, glob: '*.md' })).toMatchObject({
    entries: [{ path: 'inner/c.md' }, { path: 'inner/deep/d.md' }],
  });
  expect(await read('list_files', { depth: 9, glob: 'inner/*' })).toMatchObject({
    entries: [{ path: 'inner/c.md' }, { path: 'inner/deep' }],
  });
  expect(await read('list_files', { path: 'inner' })).toMatchObject({
    entries: [{ path: 'inner/c.md' }, { path: 'inner/deep' }],
  });
  await expect(read('list_files', { path: 'out' })).rejects.toThrow('leads out');
  await expect(read('list_files', { path: 'none' })).rejects.toThrow('no folder');
});

test('a long list comes in pages that miss nothing', async () => {
  const { at, read } = fileHands();
  writeFiles(at('picked'), Object.fromEntries(Array.from({ length: 450 }, (_, index) => [`${index}.txt`, ''])));
  const seen = new Set<unknown>();
  let from: unknown = 0;
  for (let pages = 0; from !== null && pages < 9; pages += 1) {
    const page = await read('list_files', { from, count: 200 });
    const { entries, next } = page as { entries: readonly { path: string }[]; next: unknown };
    for (const entry of entries) seen.add(entry.path);
    from = next;
  }
  expect(seen.size).toBe(450);
});

test('several folders are named first, and begin the paths of their files', async () => {
  const { at, read } = fileHands({ picked: ['Photos', 'Texts'] });
  writeFiles(at('Texts'), { 't.txt': 'hello' });
  expect(await read('list_files', {})).toMatchObject({ pickedFolders: [{ path: 'Photos' }, { path: 'Texts' }] });
  expect(await read('list_files', { path: 'Texts' })).toMatchObject({ entries: [{ path: 'Texts/t.txt' }] });
  expect(await read('read_file', { path: 'Texts/t.txt' })).toMatchObject({ lines: '1: hello' });
  expect(await read('search_files', { query: 'hello' })).toMatchObject({ matches: [{ path: 'Texts/t.txt', line: 1 }] });
});

test.each([
  ['UTF-8', Buffer.from('äb\nc\n'), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from('\ufeffäb\nc\n'), 'utf-8-bom'],
  ['UTF-16 little endian', Buffer.from('\ufeffäb\nc\n', 'utf16le'), 'utf-16le'],
  ['UTF-16 big endian', Buffer.from('\ufeffäb\nc\n', 'utf16le').swap16(), 'utf-16be'],
  ['Windows line ends', Buffer.from('äb\r\nc\r\n'), 'utf-8'],
])('%s is read', async (_, bytes, encoding) => {
  const { at, read } = fileHands();
  fs.writeFileSync(at('picked/a.txt'), bytes);
  expect(await read('read_file', { path: 'a.txt' })).toEqual({
    path: 'a.txt',
    encoding,
    totalLines: 2,
    lines: '1: äb\n2: c',
    next: null,
  });
});

test('what is no text, too large, or out of reach is not read', async () => {
  const { at, read } = fileHands();
  const refused = (path: string, more = {}) => expect(read('read_file', { path, ...more })).rejects;
  fs.writeFileSync(at('picked/binary'), Buffer.from([1, 2, 0, 4]));
  fs.writeFileSync(at('picked/latin'), Buffer.from([0xe4, 0x62]));
  fs.writeFileSync(at('picked/large.txt'), Buffer.alloc(8 * 1024 * 1024 + 1, 'a'));
  writeFiles(at('.'), { 'picked/a.txt': 'a', 'picked/.ssh/id_rsa': 'key', 'beside.txt': 'b', 'data/nunba.db': 'x' });
  fs.symlinkSync('../beside.txt', at('picked/link'));
  await refused('binary').toThrow('no text');
  await refused('latin').toThrow('no text');
  await refused('large.txt').toThrow('too large');
  await refused('.ssh/id_rsa').toThrow('keys or passwords');
  await refused('link').toThrow('leads out');
  await refused('../beside.txt').toThrow('not in a folder');
  await refused(at('data/nunba.db')).toThrow('not in a folder');
  await refused('none').toThrow('There is no file');
  await refused('.').toThrow('a folder');
  await refused('a.txt', { from: 2 }).toThrow('beyond its end');
});

test('a long file is read on from where a page ended', async () => {
  const { at, read } = fileHands();
  writeFiles(at('picked'), { 'a.txt': Array.from({ length: 700 }, (_, index) => `line ${index + 1}`).join('\n') });
  expect(await read('read_file', { path: 'a.txt' })).toMatchObject({ totalLines: 700, next: 301 });
  expect(await read('read_file', { path: 'a.txt', from: 699 })).toMatchObject({
    lines: '699: line 699\n700: line 700',
  });
});

test('a search finds words and exact texts, and passes over what is no text', async () => {
  const { at, read } = fileHands();
  writeFiles(at('picked'), {
    'a.md': 'The quick brown fox\nnothing\nfox (quick) [a-z]+',
    'inner/b.txt': 'QUICK and a Fox',
    'inner/.env': 'quick fox',
  });
  fs.writeFileSync(at('picked/binary'), Buffer.from('quick fox\0'));
  fs.symlinkSync('inner', at('picked/link'));
  expect(await read('search_files', { query: 'fox quick' })).toEqual({
    matches: [
      { path: 'a.md', line: 1, text: 'The quick brown fox' },
      { path: 'a.md', line: 3, text: 'fox (quick) [a-z]+' },
      { path: 'inner/b.txt', line: 1, text: 'QUICK and a Fox' },
    ],
    searchedFiles: 2,
    skippedFiles: 1,
    stoppedBy: null,
  });
  const exact = { query: '(quick) [a-z]+', mode: 'exact' };
  expect(await read('search_files', exact)).toMatchObject({ matches: [{ line: 3 }] });
  expect(await read('search_files', { query: 'QUICK', isCaseSensitive: true })).toMatchObject({
    matches: [{ path: 'inner/b.txt' }],
  });
  expect(await read('search_files', { query: 'fox', glob: '*.md', limit: 1 })).toMatchObject({
    matches: [{ path: 'a.md', line: 1 }],
    stoppedBy: 'limit',
  });
  expect(await read('search_files', { query: 'fox', path: 'inner/b.txt' })).toMatchObject({ searchedFiles: 1 });
});

test('a long line is shown around what was found in it', async () => {
  const { at, read } = fileHands();
  writeFiles(at('picked'), { 'a.txt': `${'x'.repeat(5000)} fox ${'y'.repeat(5000)}` });
  const { matches } = (await read('search_files', { query: 'fox' })) as { matches: readonly { text: string }[] };
  expect(matches[0]?.text).toMatch(/^… x+ fox y+ …$/);
  expect(matches[0]?.text.length).toBeLessThan(320);
});

test('an agent without a folder has no tools for files', async () => {
  const { source, context } = fileHands({ picked: [] });
  const terms = { ...context, tools: ['list_files' as const], servers: [], knowledge: [] };
  expect(await source.toolsFor(terms)).toEqual([]);
  const with_ = fileHands();
  expect((await with_.source.toolsFor({ ...terms, tools: ['read_file'] })).map(({ name }) => name)).toEqual([
    'read_file',
  ]);
  expect((await with_.source.toolsFor({ ...terms, tools: ['read_file'] }))[0]?.isOutside).toBe(true);
});
