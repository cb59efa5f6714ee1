import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { startKnowledgeNode } from '../builders/knowledge-node.ts';
import { docxBytes } from '../builders/office-bytes.ts';
import { pdfBytes } from '../builders/pdf-bytes.ts';
import { tempFolder, writeFiles } from '../builders/temp-folder.ts';
import { waitUntil } from '../builders/wait.ts';

const notes = (): string => {
  const folder = path.join(tempFolder(), 'notes');
  writeFiles(folder, { 'flat/lease.txt': 'LEASE\n\nThe rent is due on the third.\n', 'dogs.md': 'No dogs.\n' });
  return folder;
};

describe('a collection', () => {
  test('is read by a child of low priority, and follows what is added, changed, renamed and deleted', async () => {
    const folder = notes();
    const node = await startKnowledgeNode();
    const { id, name } = await node.client.call('knowledge.create', { name: null, path: folder });
    expect(name).toBe('notes');
    expect(await node.ready(id)).toMatchObject({ files: 2, state: { isWatched: true } });
    expect(await node.find('rent due')).toEqual(['flat/lease.txt:3']);
    const pid = node.indexers[0]?.pid ?? 0;
    expect(pid).not.toBe(process.pid);
    expect(os.getPriority(pid)).toBeGreaterThan(os.getPriority());

    writeFiles(folder, { 'cats.md': 'Cats are fine.\n', 'dogs.md': 'One small dog is fine.\n' });
    await waitUntil(async () => (await node.find('fine')).length === 2, { timeout: 10_000, interval: 100 });
    fs.mkdirSync(path.join(folder, 'pets'));
    fs.renameSync(path.join(folder, 'cats.md'), path.join(folder, 'pets/cats.md'));
    fs.rmSync(path.join(folder, 'dogs.md'));
    await waitUntil(async () => String(await node.find('fine')) === 'pets/cats.md:1', {
      timeout: 10_000,
      interval: 100,
    });
    fs.rmSync(path.join(folder, 'flat'), { recursive: true });
    await node.until(id, ({ files }) => files === 1);
  });

  test('finds at the next start what changed while nothing ran, and reads nothing else again', async () => {
    const folder = notes();
    const first = await startKnowledgeNode();
    const { id } = await first.client.call('knowledge.create', { name: 'Flat', path: folder });
    await first.ready(id);
    await first.stop();
    const passagesOf = (file: string): unknown => {
      const raw = new Database(first.indexFile, { readonly: true });
      try {
        return raw.prepare('SELECT first_passage FROM files WHERE path = ?').pluck().get(file);
      } finally {
        raw.close();
      }
    };
    const before = passagesOf('dogs.md');
    writeFiles(folder, { 'flat/lease.txt': 'The rent has risen.\n' });
    const second = await startKnowledgeNode(first.folder);
    await second.ready(id);
    expect(await second.find('rent')).toEqual(['flat/lease.txt:1']);
    await second.stop();
    expect(passagesOf('dogs.md')).toBe(before);
  });

  test('keeps what was read while its folder is away, says so, and goes on when it is back', async () => {
    const folder = notes();
    const first = await startKnowledgeNode();
    const { id } = await first.client.call('knowledge.create', { name: null, path: folder });
    await first.ready(id);
    await first.stop();
    fs.renameSync(folder, `${folder}-away`);
    const node = await startKnowledgeNode(first.folder);
    expect(await node.until(id, ({ state }) => state.kind === 'missing')).toMatchObject({
      state: { paths: [folder] },
      files: 2,
    });
    expect(await node.find('rent')).toEqual([]);
    fs.renameSync(`${folder}-away`, folder);
    await node.client.call('knowledge.pause', { id, isPaused: true });
    await node.client.call('knowledge.pause', { id, isPaused: false });
    await node.ready(id);
    expect(await node.find('rent')).toEqual(['flat/lease.txt:3']);
  });

  test('reads nothing while it is paused, is forgotten when it is removed, and comes back whole', async () => {
    const folder = notes();
    const node = await startKnowledgeNode();
    const { id } = await node.client.call('knowledge.create', { name: null, path: folder });
    await node.ready(id);
    await node.client.call('knowledge.pause', { id, isPaused: true });
    writeFiles(folder, { 'new.txt': 'A new needle.\n' });
    await node.until(id, ({ state }) => state.kind === 'paused');
    expect(await node.find('rent')).toEqual(['flat/lease.txt:3']);
    await node.client.call('knowledge.pause', { id, isPaused: false });
    await node.until(id, ({ files }) => files === 3);
    expect(await node.find('needle')).toEqual(['new.txt:1']);

    await node.client.call('knowledge.remove', { id });
    expect(await node.find('needle')).toEqual([]);
    await expect(node.client.call('knowledge.reindex', { id })).rejects.toMatchObject({
      failure: { kind: 'not-found', what: 'collection' },
    });
    await node.client.call('knowledge.restore', { id });
    await node.until(id, ({ state, files }) => state.kind === 'ready' && files === 3);
    expect(await node.find('needle')).toEqual(['new.txt:1']);
    await node.client.call('knowledge.reindex', { id });
    await node.until(id, ({ state, files }) => state.kind === 'ready' && files === 3);
    await waitUntil(async () => String(await node.find('needle')) === 'new.txt:1');
  });

  test('shows lines of files that are in it, and of no others', async () => {
    const folder = notes();
    const outside = path.join(tempFolder(), 'outside.txt');
    fs.writeFileSync(outside, 'private');
    writeFiles(folder, { id_rsa: 'PRIVATE KEY' });
    const node = await startKnowledgeNode();
    const { id } = await node.client.call('knowledge.create', { name: null, path: folder });
    await node.ready(id);
    expect(await node.client.call('knowledge.lines', { path: path.join(folder, 'flat/lease.txt'), line: 3 })).toEqual({
      name: 'flat/lease.txt',
      path: path.join(folder, 'flat/lease.txt'),
      from: 1,
      totalLines: 3,
      lines: ['LEASE', '', 'The rent is due on the third.'],
      isDocument: false,
      page: null,
    });
    for (const file of [outside, path.join(folder, 'id_rsa'), `${folder}/../outside.txt`, path.join(folder, 'none')]) {
      await expect(node.client.call('knowledge.lines', { path: file, line: 1 })).rejects.toMatchObject({
        failure: { kind: 'not-found', what: 'file' },
      });
    }
  });

  test('finds what stands in documents, shows its page, and says which ones it cannot read', async () => {
    const folder = notes();
    const file = path.join(folder, 'rules.pdf');
    fs.writeFileSync(file, pdfBytes([['HOUSE RULES'], ['The gate is shut at nine.']]));
    fs.writeFileSync(path.join(folder, 'letter.docx'), docxBytes(['Dear tenants,', 'the gate is being repaired.']));
    fs.writeFileSync(path.join(folder, 'scan.pdf'), pdfBytes([[]]));
    fs.writeFileSync(path.join(folder, 'broken.docx'), 'PK');
    const node = await startKnowledgeNode();
    const { id } = await node.client.call('knowledge.create', { name: null, path: folder });
    const { files, skipped } = await node.ready(id);
    expect(files).toBe(4);
    expect(skipped).toEqual(
      expect.arrayContaining([
        { reason: 'no-text', count: 1, endings: ['pdf'] },
        { reason: 'damaged', count: 1, endings: ['docx'] },
      ]),
    );
    const query = { collectionId: null, query: 'gate', limit: 10, byMeaning: false };
    const { hits } = await node.client.call('knowledge.search', query);
    expect(hits.map(({ name, line, page }) => [name, line, page]).sort()).toEqual([
      ['letter.docx', 2, null],
      ['rules.pdf', 2, 2],
    ]);
    expect(await node.client.call('knowledge.lines', { path: file, line: 2 })).toMatchObject({
      lines: ['HOUSE RULES', 'The gate is shut at nine.'],
      isDocument: true,
      page: 2,
    });
  });

  test('takes no folder of keys, no folder of Nunba, no whole disk and nothing that is not there', async () => {
    const node = await startKnowledgeNode();
    const keys = path.join(tempFolder(), '.ssh');
    fs.mkdirSync(keys);
    writeFiles(keys, { 'a.pdf': '' });
    const refused = [
      keys,
      path.join(keys, 'a.pdf'),
      node.folder,
      path.join(node.folder, 'logs'),
      '/',
      'notes',
      '/no/such',
    ];
    for (const given of refused) {
      await expect(node.client.call('knowledge.create', { name: null, path: given }), given).rejects.toMatchObject({
        failure: { kind: 'invalid-input', field: 'the path' },
      });
    }
    expect(node.views.at(-1)?.collections).toEqual([]);
    expect(node.indexers).toEqual([]);
  });
});

describe('the index', () => {
  const filesCount = 400;
  const large = (): string => {
    const folder = path.join(tempFolder(), 'large');
    const filler = 'word '.repeat(15_000);
    writeFiles(
      folder,
      Object.fromEntries(Array.from({ length: filesCount }, (_, n) => [`f${n}.txt`, `needle${n} ${filler}`])),
    );
    return folder;
  };

  test('is whole and without repeats after its process was killed in the middle, twice', async () => {
    const node = await startKnowledgeNode();
    const { id } = await node.client.call('knowledge.create', { name: null, path: large() });
    for (const [attempt, done] of [
      [0, 30],
      [1, 60],
    ] as const) {
      await node.until(id, ({ state }) => state.kind === 'indexing' && state.done >= done);
      await waitUntil(() => node.indexers.length === attempt + 1);
      node.indexers[attempt]?.kill();
      await waitUntil(() => node.indexers.length === attempt + 2);
    }
    const whole = await node.until(id, ({ state, files }) => state.kind === 'ready' && files === filesCount);
    expect(whole.files).toBe(filesCount);
    expect(await node.find('needle7')).toContain('f7.txt:1');
    await node.stop();
    const raw = new Database(node.indexFile, { readonly: true });
    const count = (sql: string): unknown => raw.prepare(sql).pluck().get();
    expect(count('SELECT count(*) FROM files')).toBe(filesCount);
    expect(count('SELECT count(*) FROM passages')).toBe(count('SELECT sum(passage_count) FROM files'));
    expect(count('SELECT count(*) FROM passages_text_docsize')).toBe(count('SELECT count(*) FROM passages'));
    expect(count('PRAGMA quick_check')).toBe('ok');
    raw.close();
  });

  test.each([
    ['is no database any more', (size: number) => Buffer.alloc(size, 'x')],
    ['has a hole in it', (size: number) => Buffer.alloc(size)],
  ])('is made anew where it %s, and the person is told', async (_, damage) => {
    const folder = notes();
    const first = await startKnowledgeNode();
    const { id } = await first.client.call('knowledge.create', { name: null, path: folder });
    await first.ready(id);
    expect(first.views.at(-1)?.rebuiltAt).toBe(null);
    await first.stop();
    const handle = fs.openSync(first.indexFile, 'r+');
    const content = damage(fs.fstatSync(handle).size - 100);
    fs.writeSync(handle, content, 0, content.length, 0);
    fs.closeSync(handle);
    const node = await startKnowledgeNode(first.folder);
    await node.until(id, ({ state, files }) => state.kind === 'ready' && files === 2);
    expect(await node.find('rent')).toEqual(['flat/lease.txt:3']);
    await waitUntil(() => node.views.at(-1)?.rebuiltAt !== null);
  });
});
