import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openIndex } from '../../../node-core/agents/knowledge/index/index-file.ts';
import { searchIndex } from '../../../node-core/agents/knowledge/index/search-index.ts';
import { forgetRoot } from '../../../node-core/agents/knowledge/indexing/forget-root.ts';
import { PassageMeanings } from '../../../node-core/agents/knowledge/indexing/passage-meanings.ts';
import { vectorOf } from '../../../node-core/protocol/local/vector.ts';
import { openTestIndex, type TestIndex, withoutDocuments } from '../../builders/knowledge-index.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

const model = 'model one';
const animals = ['cat', 'dog', 'bird'];
/** What a text means here: how often it names each animal. */
const meaningOf = (text: string) => vectorOf(animals.map((animal) => text.split(animal).length - 1));

const rootsOf = ({ folder }: TestIndex) => [new Map([['R', folder]])];

/** Gives up to `most` passages their vectors, and tells their texts. */
async function embed(index: TestIndex, meanings: PassageMeanings, most = 64, by = model): Promise<readonly string[]> {
  const passages = await meanings.next(rootsOf(index), most);
  meanings.keep(
    by,
    passages.map(({ passage, stamp, text }) => ({ passage, stamp, vector: meaningOf(text) })),
  );
  return passages.map(({ text }) => text.trim());
}

async function near(index: TestIndex, meanings: PassageMeanings, text: string, query = ''): Promise<readonly string[]> {
  const found = await searchIndex(index.file.reading, {
    roots: new Map([['R', index.folder]]),
    query,
    limit: 10,
    isTyping: false,
    near: await meanings.near(['R'], model, meaningOf(text)),
  });
  return found.map(({ name }) => name);
}

async function setUp(files: Readonly<Record<string, string>>) {
  const index = openTestIndex();
  writeFiles(index.folder, files);
  await index.update();
  const meanings = new PassageMeanings(index.file);
  meanings.use(model);
  return { index, meanings };
}

const three = { 'a.txt': 'a cat', 'b.txt': 'a dog', 'c.txt': 'a bird' };

describe('vectors of passages', () => {
  it('are wanted for each passage once, newest first, and go on where they stopped', async () => {
    const { index, meanings } = await setUp(three);
    expect(await embed(index, meanings, 2)).toEqual(['a bird', 'a dog']);
    expect(meanings.count('R')).toBe(2);
    const again = new PassageMeanings(index.file);
    again.use(model);
    expect(again.count('R')).toBe(2);
    expect(await embed(index, again)).toEqual(['a cat']);
    expect(await embed(index, again)).toEqual([]);
    expect(again.count('R')).toBe(3);
  });

  it('are wanted for nothing while no model is used, and all anew for another one', async () => {
    const { index, meanings } = await setUp(three);
    await embed(index, meanings);
    meanings.use(null);
    expect(await embed(index, meanings)).toEqual([]);
    expect(await near(index, meanings, 'cat')).toEqual([]);
    meanings.use('model two');
    expect(meanings.count('R')).toBe(0);
    expect(await embed(index, meanings, 1, 'model two')).toEqual(['a bird']);
    // A batch of the model before comes late.
    meanings.keep(model, [{ passage: 1, stamp: 'x', vector: meaningOf('cat') }]);
    expect(meanings.count('R')).toBe(1);
    meanings.use(model);
    expect(meanings.count('R')).toBe(2);
    expect(await embed(index, meanings)).toEqual(['a bird']);
  });

  it('are wanted for no more of a collection than the newest', async () => {
    const { index } = await setUp(three);
    const meanings = new PassageMeanings(index.file, undefined, 2);
    meanings.use(model);
    expect(await embed(index, meanings)).toEqual(['a bird', 'a dog']);
    expect(await embed(index, meanings)).toEqual([]);
    fs.rmSync(path.join(index.folder, 'c.txt'));
    await index.update();
    meanings.changed('R');
    expect(await embed(index, meanings)).toEqual(['a cat']);
  });

  it('go with their passages, and come for changed ones first', async () => {
    const { index, meanings } = await setUp(three);
    await embed(index, meanings);
    fs.rmSync(path.join(index.folder, 'b.txt'));
    writeFiles(index.folder, { 'a.txt': 'now a bird and a bird' });
    await index.update();
    meanings.changed('R');
    expect(meanings.count('R')).toBe(1);
    expect(index.file.reading.prepare('SELECT count(*) FROM vectors').pluck().get()).toBe(1);
    expect(await near(index, meanings, 'cat')).toEqual([]);
    expect(await embed(index, meanings)).toEqual(['now a bird and a bird']);
    expect(await near(index, meanings, 'bird')).toEqual(['a.txt', 'c.txt']);
  });

  it('stay with a file that was renamed', async () => {
    const { index, meanings } = await setUp(three);
    await embed(index, meanings);
    fs.renameSync(path.join(index.folder, 'a.txt'), path.join(index.folder, 'z.txt'));
    await index.update();
    meanings.changed('R');
    expect(await embed(index, meanings)).toEqual([]);
    expect(await near(index, meanings, 'cat')).toEqual(['z.txt']);
  });

  it('are not kept for a passage whose number stands for another text by now', async () => {
    const { index, meanings } = await setUp({ 'a.txt': 'a cat' });
    const [handed] = await meanings.next(rootsOf(index), 1);
    if (!handed) throw new Error('nothing was handed out');
    writeFiles(index.folder, { 'a.txt': 'a dog' });
    await index.update();
    meanings.keep(model, [{ ...handed, vector: meaningOf('cat') }]);
    expect(meanings.count('R')).toBe(0);
  });

  it('are kept too while a transaction of the indexer is open, and lost with it alone', async () => {
    const { index, meanings } = await setUp(three);
    index.writer.begin();
    await embed(index, meanings, 1);
    index.writer.commit();
    expect(meanings.count('R')).toBe(1);
    index.writer.begin();
    await embed(index, meanings, 1);
    index.writer.rollback();
    expect(meanings.count('R')).toBe(1);
    meanings.changed('R');
    expect(await embed(index, meanings)).toHaveLength(2);
  });

  it('are not wanted for a file that has changed since, until the index has followed', async () => {
    const { index, meanings } = await setUp(three);
    writeFiles(index.folder, { 'b.txt': 'a dog and a dog' });
    expect(await embed(index, meanings)).toEqual(['a bird', 'a cat']);
    expect(await embed(index, meanings)).toEqual([]);
    await index.update();
    meanings.changed('R');
    expect(await embed(index, meanings)).toEqual(['a dog and a dog']);
  });

  it('are not wanted of a file that is written again and again, until it rests', async () => {
    const time = { now: 0 };
    const index = openTestIndex(undefined, () => time.now);
    writeFiles(index.folder, three);
    await index.update();
    const meanings = new PassageMeanings(index.file, () => index.writer.unsettled());
    meanings.use(model);
    expect(await embed(index, meanings)).toHaveLength(3);
    for (let line = 1; line <= 3; line += 1) {
      writeFiles(index.folder, { 'a.txt': 'a cat '.repeat(line + 1), [`new ${line}.txt`]: `bird ${line}` });
      await index.update();
      meanings.changed('R');
      expect(await embed(index, meanings)).toEqual([`bird ${line}`]);
      time.now += 60_000;
    }
    time.now += 60_000;
    expect(await embed(index, meanings)).toEqual(['a cat a cat a cat a cat']);
  });

  it('of a root that was forgotten are not found in the one that gets its number', async () => {
    const { index, meanings } = await setUp(three);
    await embed(index, meanings);
    expect(await near(index, meanings, 'cat')).toEqual(['a.txt']);
    await forgetRoot(index.writer, 'R', new AbortController().signal);
    meanings.changed('R');
    await index.update();
    expect(meanings.count('R')).toBe(0);
    expect(await near(index, meanings, 'cat')).toEqual([]);
  });

  it('of texts that mean nothing are kept as such, and found by nothing', async () => {
    const { index, meanings } = await setUp({ ...three, 'd.txt': 'a stone' });
    expect(await embed(index, meanings)).toHaveLength(4);
    expect(await embed(index, meanings)).toEqual([]);
    expect(meanings.count('R')).toBe(4);
    expect(await near(index, meanings, 'cat')).toEqual(['a.txt']);
  });
});

describe('what is found by words and by meaning', () => {
  it('begins with what both know', async () => {
    const { index, meanings } = await setUp({
      'both.txt': 'A whiskered cat.',
      'words.txt': 'Whiskered whiskered whiskered.',
      'meaning.txt': 'The cat, the cat.',
    });
    await embed(index, meanings);
    const found = await near(index, meanings, 'cat', 'whiskered');
    expect(found[0]).toBe('both.txt');
    expect([...found].sort()).toEqual(['both.txt', 'meaning.txt', 'words.txt']);
  });

  it('leaves out what is far from the question, and far behind the nearest', async () => {
    const { index, meanings } = await setUp({ ...three, 'cats.txt': 'cat cat cat dog', 'dogs.txt': 'cat dog dog dog' });
    await embed(index, meanings);
    expect(await near(index, meanings, 'cat')).toEqual(['a.txt', 'cats.txt']);
  });
});

describe('an index of before', () => {
  it('is carried over with all that it holds', async () => {
    const file = path.join(tempFolder(), 'index.db');
    const old = openIndex(file);
    withoutDocuments(old);
    old.writing.exec('DROP TABLE vectors; DROP TABLE vector_models; PRAGMA user_version = 1');
    old.writing.prepare('INSERT INTO roots (id) VALUES (?)').run('R');
    old.close();
    const carried = openIndex(file);
    expect(carried.isNew).toBeNull();
    expect(carried.reading.prepare('SELECT id FROM roots').pluck().all()).toEqual(['R']);
    expect(carried.reading.prepare('SELECT count(*) FROM vectors').pluck().get()).toBe(0);
    carried.close();
  });
});
