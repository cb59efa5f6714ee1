import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { CollectionState, KnowledgeView } from '../../../node-core/api/knowledge-views.ts';
import { KnowledgeSection } from '../../../renderer/features/knowledge/knowledge-section.tsx';
import { ScreenProvider } from '../../../renderer/screen.tsx';
import { aCollection, knowledgeView } from '../../builders/knowledge-view.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const { id } = aCollection();

function open(view: KnowledgeView): FakeClient {
  const client = createFakeClient({
    first: { 'knowledge.watch': view },
    calls: {
      'knowledge.create': () => aCollection(),
      'knowledge.update': () => aCollection(),
      'knowledge.remove': () => ({}),
      'knowledge.restore': () => aCollection(),
      'knowledge.removeRoot': () => aCollection(),
      'knowledge.pause': () => aCollection(),
    },
  });
  renderPage(
    <ScreenProvider first={{ kind: 'settings', section: 'knowledge' }}>
      <KnowledgeSection />
    </ScreenProvider>,
    client,
  );
  return client;
}

async function choose(item: string): Promise<void> {
  fireEvent.keyDown(await screen.findByRole('button', { name: 'More for Notes' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}

describe('the state of a collection', () => {
  it.each<[CollectionState, string | RegExp]>([
    [{ kind: 'empty' }, 'No folder or file in it yet.'],
    [{ kind: 'waiting' }, 'Waiting for its turn'],
    [{ kind: 'looking', found: 12 }, '12 files so far'],
    [
      { kind: 'indexing', done: 5, total: 10, doneBytes: 1_000_000, totalBytes: 4_000_000 },
      '5 of 10 files · 1 MB of 4 MB',
    ],
    [{ kind: 'ready', isWatched: true }, 'Up to date; changes are followed at once.'],
    [{ kind: 'ready', isWatched: false }, /every five minutes/],
    [{ kind: 'paused' }, /^Paused/],
    [{ kind: 'missing', paths: ['/media/stick'] }, /^Not there now: \/media\/stick\. What was read of it is kept/],
    [{ kind: 'failed', reason: 'disk-full' }, /the disk is full/],
  ])('%j is said in words', async (state, words) => {
    open(knowledgeView([aCollection({ state })]));
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it('does not say that anything is kept where nothing was read', async () => {
    open(knowledgeView([aCollection({ files: 0, state: { kind: 'missing', paths: ['/media/stick'] } })]));
    expect(
      await screen.findByText('Not there now: /media/stick. Plug the drive in, or take the folder out.'),
    ).toBeTruthy();
  });

  it('shows how much is done as a bar', async () => {
    const state = { kind: 'indexing', done: 5, total: 10, doneBytes: 1_000_000, totalBytes: 4_000_000 } as const;
    open(knowledgeView([aCollection({ state })]));
    expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('25');
  });

  it('says what is not read, and why', async () => {
    const skipped = [
      { reason: 'document', count: 12, endings: ['doc', 'xlsx'] },
      { reason: 'secret', count: 1, endings: [] },
    ] as const;
    open(knowledgeView([aCollection({ skipped: skipped.map((each) => ({ ...each, endings: [...each.endings] })) })]));
    expect(await screen.findByText('Not read: 13')).toBeTruthy();
    expect(screen.getByText('12 documents of kinds that Nunba cannot read yet (.doc, .xlsx)')).toBeTruthy();
    expect(screen.getByText('1 file that may hold passwords or keys')).toBeTruthy();
  });

  it('says when the index was made anew', async () => {
    open(knowledgeView([aCollection()], { rebuiltAt: 5 }));
    expect(await screen.findByText(/The index was damaged, so it is being made anew/)).toBeTruthy();
  });
});

describe('what can be done', () => {
  it('takes a folder that is chosen by going through those that are there', async () => {
    const client = open(knowledgeView([]));
    client.answer('folders.browse', ({ path }) => ({
      path: path ?? '/home/me',
      parent: path === '/home/me/Notes' ? '/home/me' : '/home',
      folders: path === '/home/me/Notes' ? [] : [{ name: 'Notes', path: '/home/me/Notes' }],
      fileCount: 3,
      files: [],
    }));
    fireEvent.click(await screen.findByRole('button', { name: 'New collection' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Choose a folder…' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Notes' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Choose “Notes”' }));
    const field = await screen.findByRole('textbox', { name: 'Folder or file' });
    expect(field).toHaveProperty('value', '/home/me/Notes');
    expect(client.inputs('folders.add')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Create' }));
    await waitFor(() => expect(client.inputs('knowledge.create')).toEqual([{ path: '/home/me/Notes', name: null }]));
  });

  it('is made from a path, and says what a path is missing or wrong', async () => {
    const client = open(knowledgeView([]));
    fireEvent.click(await screen.findByRole('button', { name: 'New collection' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Create' }));
    expect(await screen.findByText('Choose a folder, or write its path.')).toBeTruthy();
    client.answer('knowledge.create', () => {
      throw new FailureError({ kind: 'invalid-input', field: 'the path', reason: 'a folder of keys' });
    });
    fireEvent.change(screen.getByRole('textbox', { name: 'Folder or file' }), { target: { value: '/home/me/.ssh' } });
    fireEvent.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('That was not accepted: the path is a folder of keys.')).toBeTruthy();
    client.answer('knowledge.create', () => aCollection());
    fireEvent.change(screen.getByRole('textbox', { name: 'Folder or file' }), { target: { value: '/home/me/Notes' } });
    fireEvent.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('Notes was created. Its files are being read.')).toBeTruthy();
    expect(client.inputs('knowledge.create').at(-1)).toEqual({ name: null, path: '/home/me/Notes' });
  });

  it('is removed at once, and brought back', async () => {
    const client = open(knowledgeView([aCollection()]));
    await choose('Remove');
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(client.inputs('knowledge.restore')).toEqual([{ id }]));
    expect(client.inputs('knowledge.remove')).toEqual([{ id }]);
  });

  it('has limits within limits', async () => {
    const client = open(knowledgeView([aCollection()]));
    await choose('Limits');
    const files = await screen.findByRole('textbox', { name: 'At most so many files' });
    fireEvent.change(files, { target: { value: '0' } });
    expect(await screen.findByText('A number within these limits.')).toBeTruthy();
    fireEvent.change(files, { target: { value: '500' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(client.inputs('knowledge.update')).toEqual([{ id, mostFiles: 500, mostBytes: 2 * 1024 ** 3 }]),
    );
  });

  it('is searched as one types, and a press shows the place', async () => {
    const client = open(knowledgeView([aCollection()]));
    const path = '/home/me/Notes/a.md';
    client.answer('knowledge.search', () => ({
      byMeaning: false,
      hits: [
        {
          collectionId: id,
          path,
          name: 'a.md',
          line: 3,
          page: null,
          snippet: [
            { text: 'the ', isMatch: false },
            { text: 'needle', isMatch: true },
          ],
        },
      ],
    }));
    client.answer('knowledge.lines', () => ({
      name: 'a.md',
      path,
      from: 2,
      totalLines: 3,
      lines: ['two', 'the needle'],
      isDocument: false,
      page: null,
    }));
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Words' }), { target: { value: 'needle' } });
    fireEvent.click(await screen.findByRole('button', { name: /a\.md, line 3/ }));
    expect((await screen.findByText('the needle')).getAttribute('aria-current')).toBe('location');
    expect(client.inputs('knowledge.search')).toEqual([
      { collectionId: null, query: 'needle', limit: 20, byMeaning: false },
    ]);
    client.answer('knowledge.search', () => ({ hits: [], byMeaning: false }));
    fireEvent.change(screen.getByRole('searchbox', { hidden: true }), { target: { value: 'nothing' } });
    expect(await screen.findByText('Nothing holds these words.')).toBeTruthy();
  });
});

describe('the search by meaning', () => {
  const model = { model: 'Some Embedding', failure: null };

  it('is offered where no model is used, and the files are searched by words', async () => {
    open(knowledgeView([aCollection()]));
    expect(await screen.findByText('Searched by words.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Search by meaning' })).toBeTruthy();
  });

  it('says how many passages it knows, and when it knows all', async () => {
    open(knowledgeView([aCollection({ passages: 4_000, embedded: 1_000 })], { meaning: model }));
    const bar = await screen.findByRole('progressbar', { name: 'Searched by words and meaning' });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    expect(screen.getByText('1,000 of 4,000 passages')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Search by meaning' })).toBeNull();
    cleanup();
    open(knowledgeView([aCollection({ passages: 4_000, embedded: 4_000 })], { meaning: model }));
    expect(await screen.findByText('Searched by words and meaning.')).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('says that it searches no more than so many passages by meaning, and the others by words', async () => {
    open(knowledgeView([aCollection({ passages: 80_000, embedded: 50_000 })], { meaning: model }));
    expect(await screen.findByText('Searched by words and meaning: 50,000 of 80,000 passages')).toBeTruthy();
    expect(screen.getByText(/At most 50,000 passages .* the others are found by their words/)).toBeTruthy();
  });

  it('says why it does not go on, and shows no progress then', async () => {
    const failure = { kind: 'engine-ended', model: 'Some Embedding', cause: 'crash' } as const;
    open(knowledgeView([aCollection({ embedded: 10 })], { meaning: { model: 'Some Embedding', failure } }));
    expect(await screen.findByText(/New passages are found by words alone for now/)).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('takes part once the keys rest, and what it finds stays', async () => {
    const client = open(knowledgeView([aCollection()], { meaning: model }));
    const hit = (name: string) => ({
      collectionId: id,
      path: `/home/me/${name}`,
      name,
      line: 1,
      page: null,
      snippet: [],
    });
    client.answer('knowledge.search', ({ byMeaning }) => ({
      hits: byMeaning ? [hit('b.md'), hit('a.md')] : [hit('a.md')],
      byMeaning,
    }));
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Words' }), { target: { value: 'car' } });
    expect(await screen.findByText('1 place found')).toBeTruthy();
    expect(await screen.findByText('2 places found')).toBeTruthy();
    expect(client.inputs('knowledge.search').map(({ byMeaning }) => byMeaning)).toEqual([false, true]);
  });

  it('is asked again, four times at most, where what says the meaning has to start first', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const client = open(knowledgeView([aCollection()], { meaning: model }));
    client.answer('knowledge.search', () => ({ hits: [], byMeaning: false }));
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Words' }), { target: { value: 'car' } });
    const asked = () => client.inputs('knowledge.search').map(({ byMeaning }) => byMeaning);
    expect(await screen.findByText(/^Nothing holds these words. Looking for what says the same/)).toBeTruthy();
    expect(screen.queryByText('Nothing holds these words.')).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(15_000));
    expect(asked()).toEqual([false, true, true, true, true]);
    expect(screen.queryByText('Nothing holds these words.')).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(asked()).toEqual([false, true, true, true, true, true]);
    expect(screen.getByText('Nothing holds these words.')).toBeTruthy();
  });

  it('answers the same question anew when all passages are read', async () => {
    const client = open(knowledgeView([aCollection({ embedded: 10 })], { meaning: model }));
    client.answer('knowledge.search', () => ({ hits: [], byMeaning: true }));
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Words' }), { target: { value: 'car' } });
    expect(await screen.findByText('Nothing holds these words.')).toBeTruthy();
    const hit = { collectionId: id, path: '/home/me/a.md', name: 'a.md', line: 1, page: null, snippet: [] };
    client.answer('knowledge.search', ({ byMeaning }) => ({ hits: byMeaning ? [hit] : [], byMeaning }));
    act(() => client.emit('knowledge.watch', knowledgeView([aCollection({ embedded: 4_000 })], { meaning: model })));
    expect(await screen.findByText('1 place found', {}, { timeout: 4_000 })).toBeTruthy();
  });
});
