import { describe, expect, it } from 'vitest';
import type { KnownPassage } from '../../../node-core/agents/knowledge/collections/collections.ts';
import { IndexerUnreachable } from '../../../node-core/agents/knowledge/collections/indexer-link.ts';
import { type KnowledgeReader, knowledgeTools } from '../../../node-core/agents/knowledge/tools/knowledge-tools.ts';
import type { CollectionState } from '../../../node-core/api/knowledge-views.ts';
import { aCollection } from '../../builders/knowledge-view.ts';
import { readWith } from '../../builders/tool.ts';
import { createFakeChatReader } from '../../doubles/chat-reader.ts';

const notes = aCollection({
  roots: [
    { id: 'R', path: '/home/me/Notes' },
    { id: 'F', path: '/home/me/single.md' },
  ],
});
const passage: KnownPassage = {
  collection: notes,
  rootId: 'R',
  file: '/home/me/Notes/flat/lease.txt',
  name: 'flat/lease.txt',
  line: 41,
  page: null,
  text: 'The rent is due.\r\nNo dogs.\n',
};
const plain = { isChanged: false, isDocument: false, pages: [] };
const context = {
  agentId: 'nunba',
  conversationId: 'C1',
  signal: new AbortController().signal,
  reader: createFakeChatReader({}),
};
const terms = { agentId: 'nunba', conversationId: 'C1', tools: [], servers: [], knowledge: [notes.id] };

function reader(part: Partial<KnowledgeReader> = {}, state: CollectionState = notes.state): KnowledgeReader {
  return {
    ofAnswer: async (ids) => (ids.includes(notes.id) ? [notes] : []),
    search: async () => ({ passages: [passage], byMeaning: false }),
    view: () => ({ ...notes, state }),
    lines: async ({ rootId, below }, { from }) =>
      rootId === 'R' && below === 'flat/lease.txt'
        ? {
            ...{ name: below, totalLines: 43, ...plain },
            lines: ['one', 'two', 'three'].slice(0, Math.max(0, 44 - from)),
          }
        : null,
    ...part,
  };
}

const tool = async (name: string, part: Partial<KnowledgeReader> = {}, state?: CollectionState) => {
  const found = (await knowledgeTools(reader(part, state)).toolsFor(terms)).find((each) => each.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

describe('the tools of knowledge', () => {
  it('are there for an agent with a collection alone, come from outside, and say how to quote', async () => {
    const source = knowledgeTools(reader());
    expect(await source.toolsFor({ ...terms, knowledge: [] })).toEqual([]);
    const tools = await source.toolsFor(terms);
    expect(tools.map(({ name, isOutside }) => [name, isOutside])).toEqual([
      ['search_knowledge', true],
      ['read_knowledge', true],
    ]);
    expect(tools.map(({ guidance }) => guidance).join()).toMatch(/“Notes”[\s\S]*\[file name:line\]/);
  });

  it('show passages with the numbers of their lines in the file, and keep them to compare quotations with', async () => {
    expect(await readWith(await tool('search_knowledge'), { query: 'rent' }, context)).toEqual({
      value: {
        passages: [{ file: 'flat/lease.txt', collection: 'Notes', lines: '41: The rent is due.\n42: No dogs.' }],
      },
      sources: [
        { kind: 'file', path: passage.file, name: passage.name, firstLine: 41, page: null, text: passage.text },
      ],
    });
  });

  it('say whether nothing holds the words, or not all was read yet', async () => {
    const nothing = { search: async () => ({ passages: [], byMeaning: false }) };
    const whole = await readWith(await tool('search_knowledge', nothing), { query: 'x' }, context);
    expect(whole.value).toMatchObject({ note: expect.stringMatching(/^No passage/) });
    const partly = await readWith(
      await tool('search_knowledge', nothing, { kind: 'waiting' }),
      { query: 'x' },
      context,
    );
    expect(partly.value).toMatchObject({ note: expect.stringMatching(/not all files have been read/) });
  });

  it('read on around a passage, to the end of the file', async () => {
    const read = await tool('read_knowledge');
    expect(await readWith(read, { file: 'flat/lease.txt', from: 41 }, context)).toEqual({
      value: { file: 'flat/lease.txt', totalLines: 43, lines: '41: one\n42: two\n43: three', next: null },
      sources: [
        {
          kind: 'file',
          path: passage.file,
          name: 'flat/lease.txt',
          firstLine: 41,
          page: null,
          text: 'one\ntwo\nthree',
        },
      ],
    });
    await expect(readWith(read, { file: 'flat/lease.txt', from: 44 }, context)).rejects.toThrow('has 43 lines');
    await expect(readWith(read, { file: 'other.txt' }, context)).rejects.toThrow('There is no file “other.txt”');
    await expect(readWith(read, { file: '../../etc/passwd' }, context)).rejects.toThrow('There is no file');
  });

  it('tell the model when the index does not answer', async () => {
    const silent = { search: () => Promise.reject(new IndexerUnreachable()) };
    await expect(readWith(await tool('search_knowledge', silent), { query: 'x' }, context)).rejects.toThrow(
      'The index of the files does not answer at the moment.',
    );
  });

  it('search and read nothing that was detached since the answer began', async () => {
    let attached = [notes, { ...notes, id: '01ARZ3NDEKTSV4RRFFQ69G5FAX', name: 'Letters' }];
    const asked: (readonly string[])[] = [];
    const part: Partial<KnowledgeReader> = {
      ofAnswer: async () => attached,
      search: async (collections) => {
        asked.push(collections.map(({ name }) => name));
        return { passages: [], byMeaning: false };
      },
    };
    const [search, read] = await Promise.all([tool('search_knowledge', part), tool('read_knowledge', part)]);
    attached = attached.slice(1);
    await readWith(search, { query: 'rent' }, context);
    expect(asked).toEqual([['Letters']]);
    attached = [];
    await expect(readWith(search, { query: 'rent' }, context)).rejects.toThrow('The person has detached these files');
    await expect(readWith(read, { file: 'flat/lease.txt' }, context)).rejects.toThrow('The person has detached');
    expect(asked).toHaveLength(1);
  });

  it('says that a file was changed since a search told its lines', async () => {
    const lines = async ({ rootId, below }: { readonly rootId: string; readonly below: string }) =>
      rootId === 'R'
        ? { name: below, totalLines: 1, lines: ['new'], ...plain, isChanged: below === 'changed.txt' }
        : null;
    const read = await tool('read_knowledge', { lines });
    const noteOf = async (file: string) => (await readWith(read, { file }, context)).value;
    expect(await noteOf('changed.txt')).toMatchObject({
      lines: '1: new',
      note: expect.stringContaining('was changed'),
    });
    expect(await noteOf('same.txt')).not.toHaveProperty('note');
  });

  it('reads as many lines as one result holds, and says where to read on', async () => {
    const lines = Array.from({ length: 200 }, () => 'x'.repeat(2000));
    const read = await tool('read_knowledge', {
      lines: async ({ rootId }) => (rootId === 'R' ? { name: 'long.txt', totalLines: 500, lines, ...plain } : null),
    });
    const { value } = await readWith(read, { file: 'long.txt', from: 101, count: 200 }, context);
    expect(value).toMatchObject({ file: 'long.txt', next: 120 });
    expect(JSON.stringify(value).length).toBeLessThan(read.limits.resultChars);
  });

  it('reads no other file than the one that was meant, where two collections hold one of that name', async () => {
    const letters = { ...notes, id: 'L', name: 'Letters', roots: [{ id: 'S', path: '/home/me/Letters' }] };
    const read = await tool('read_knowledge', {
      ofAnswer: async () => [notes, letters],
      lines: async ({ rootId, below }) =>
        below === 'a.txt' && rootId !== 'F' ? { name: below, totalLines: 1, lines: [`of ${rootId}`], ...plain } : null,
    });
    await expect(readWith(read, { file: 'a.txt' }, context)).rejects.toThrow(
      'Several collections hold “a.txt”: Notes, Letters.',
    );
    const { value } = await readWith(read, { file: 'a.txt', collection: 'Letters' }, context);
    expect(value).toMatchObject({ lines: '1: of S' });
  });

  it('show the pages of a document, and keep a source for each of them', async () => {
    const place = { kind: 'file', path: '/home/me/Notes/report.pdf', name: 'report.pdf' };
    const hit = { ...passage, file: place.path, name: place.name, line: 2, page: 1, text: 'The rent is due.' };
    const search = await tool('search_knowledge', { search: async () => ({ passages: [hit], byMeaning: false }) });
    expect(await readWith(search, { query: 'rent' }, context)).toMatchObject({
      value: { passages: [{ file: 'report.pdf', page: 1, lines: '2: The rent is due.' }] },
      sources: [{ ...place, firstLine: 2, page: 1 }],
    });
    const pages = [
      { page: 1, line: 2 },
      { page: 3, line: 3 },
    ];
    const read = await tool('read_knowledge', {
      lines: async ({ rootId }) =>
        rootId === 'R'
          ? { name: 'report.pdf', totalLines: 4, lines: ['a', 'b', 'c'], isChanged: true, isDocument: true, pages }
          : null,
    });
    expect(await readWith(read, { file: 'report.pdf', from: 2 }, context)).toEqual({
      value: {
        ...{ file: 'report.pdf', totalLines: 4, next: null },
        lines: '[page 1]\n2: a\n[page 3]\n3: b\n4: c',
        note: expect.stringContaining('its lines as they were then'),
      },
      sources: [
        { ...place, firstLine: 2, page: 1, text: 'a' },
        { ...place, firstLine: 3, page: 3, text: 'b\nc' },
      ],
    });
  });
});
