import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { NoteSummary, NoteView } from '../../../node-core/api/notes-views.ts';
import { noteFileName } from '../../../renderer/features/notes/export-note.ts';
import { NotesPage } from '../../../renderer/features/notes/notes-page.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { testId } from '../../builders/ids.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { createFakeClient } from '../../doubles/client.ts';

const now = Date.now();

const summary = (fields: Partial<NoteSummary> = {}): NoteSummary => ({
  id: testId(1),
  title: 'Trip',
  writtenBy: 'nunba',
  updatedAt: now - 60_000,
  excerpt: 'tickets · passport',
  boxCount: 2,
  doneCount: 1,
  deletedAt: null,
  ...fields,
});

const trip: NoteView = {
  id: testId(1),
  title: 'Trip',
  text: '- [ ] tickets\n- [x] passport',
  writtenBy: 'nunba',
  updatedAt: now - 60_000,
  revision: 2,
  versions: [{ revision: 1, title: 'Trip', text: '- [ ] tickets', writtenBy: null, at: now - 120_000 }],
};

function open(notes: readonly NoteSummary[], note: NoteView = trip) {
  const queries: string[] = [];
  const client = createFakeClient({
    first: {
      'notes.watch': ({ query }) => {
        queries.push(query);
        return { notes: [...notes] };
      },
      'agents.watch': [anAgent()],
    },
    calls: {
      'notes.read': () => note,
      'notes.create': (draft) => ({ ...note, ...draft, text: '' }),
      'notes.save': ({ title, text, revision }) => ({ ...note, title, text, revision: revision + 1 }),
      'notes.delete': () => ({}),
      'notes.restore': () => note,
    },
  });
  renderScreen(<NotesPage />, client, { kind: 'notes' });
  return Object.assign(client, { queries });
}

const openTrip = async () => {
  const client = open([summary()]);
  fireEvent.click(await screen.findByRole('button', { name: /Trip/ }));
  await screen.findByLabelText('Text');
  return client;
};

test('lists what is there, who wrote it and what is done of it; removed notes can be brought back', async () => {
  const client = open([summary(), summary({ id: testId(2), title: 'Old', deletedAt: now - 1000 })]);
  const row = await screen.findByRole('button', { name: /Trip/ });
  expect(row.textContent).toContain('tickets · passport');
  expect(row.textContent).toContain('1 of 2 done');
  expect(row.textContent).toContain('Nunba');
  fireEvent.click(screen.getByText('1 removed in the last 30 days'));
  fireEvent.click(screen.getByRole('button', { name: 'Bring back “Old”' }));
  await waitFor(() => expect(client.inputs('notes.restore')).toEqual([{ id: testId(2) }]));
});

test('searching asks the node, and says when nothing is found', async () => {
  const client = open([]);
  expect(await screen.findByText('No notes yet')).toBeDefined();
  fireEvent.change(screen.getByRole('searchbox', { name: 'Search in notes' }), { target: { value: 'passport' } });
  expect(await screen.findByText('No note holds these words')).toBeDefined();
  expect(client.queries.at(-1)).toBe('passport');
});

test('a box is saved at once', async () => {
  const client = await openTrip();
  fireEvent.click(screen.getByRole('checkbox', { name: 'tickets' }));
  await waitFor(() =>
    expect(client.inputs('notes.save')).toEqual([
      { id: testId(1), title: 'Trip', text: '- [x] tickets\n- [x] passport', revision: 2 },
    ]),
  );
});

test('words are saved when the person says so, or discarded', async () => {
  const client = await openTrip();
  const save = screen.getByRole('button', { name: 'Save' });
  expect(save).toHaveProperty('disabled', true);
  fireEvent.change(screen.getByLabelText('Text'), { target: { value: 'gone' } });
  fireEvent.click(screen.getByRole('button', { name: 'Discard changes' }));
  expect(screen.getByLabelText('Text')).toHaveProperty('value', trip.text);
  fireEvent.change(screen.getByLabelText('Title'), { target: { value: 'Journey' } });
  fireEvent.click(save);
  await waitFor(() =>
    expect(client.inputs('notes.save')).toEqual([{ id: testId(1), title: 'Journey', text: trip.text, revision: 2 }]),
  );
  expect(await screen.findByRole('heading', { name: 'Journey' })).toBeDefined();
});

test('words are saved also when the person leaves the note, and that is said', async () => {
  const client = await openTrip();
  fireEvent.change(screen.getByLabelText('Text'), { target: { value: 'written, not saved' } });
  fireEvent.click(screen.getByRole('button', { name: 'All notes' }));
  expect(await screen.findByText('“Trip” was saved.')).toBeDefined();
  expect(client.inputs('notes.save')).toEqual([
    { id: testId(1), title: 'Trip', text: 'written, not saved', revision: 2 },
  ]);
});

test('words that could not be saved on leaving are told', async () => {
  const client = await openTrip();
  client.answer('notes.save', () => {
    throw new FailureError({ kind: 'conflict', what: 'note' });
  });
  fireEvent.change(screen.getByLabelText('Title'), { target: { value: ' ' } });
  fireEvent.click(screen.getByRole('button', { name: 'All notes' }));
  expect(await screen.findByText(/changed elsewhere in the meantime/)).toBeDefined();
  expect(client.inputs('notes.save')).toMatchObject([{ title: 'New note' }]);
});

test.each(['Discard changes', 'Delete'])('nothing is saved on leaving after “%s”', async (name) => {
  const client = await openTrip();
  fireEvent.change(screen.getByLabelText('Text'), { target: { value: 'not wanted' } });
  fireEvent.click(screen.getByRole('button', { name }));
  if (name !== 'Delete') fireEvent.click(screen.getByRole('button', { name: 'All notes' }));
  await screen.findByRole('searchbox', { name: 'Search in notes' });
  expect(client.inputs('notes.save')).toEqual([]);
});

test('what somebody else changed meanwhile is told, and what was written stays in the form', async () => {
  const client = await openTrip();
  client.answer('notes.save', () => {
    throw new FailureError({ kind: 'conflict', what: 'note' });
  });
  fireEvent.change(screen.getByLabelText('Text'), { target: { value: 'mine' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/changed elsewhere in the meantime/)).toBeDefined();
  expect(screen.getByLabelText('Text')).toHaveProperty('value', 'mine');
});

test('an earlier version is put into the form and saved like anything else', async () => {
  const client = await openTrip();
  fireEvent.click(screen.getByText('1 earlier version'));
  fireEvent.click(screen.getByRole('button', { name: 'Put into the form' }));
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(client.inputs('notes.save')).toMatchObject([{ text: '- [ ] tickets', revision: 2 }]));
});

test('deleting can be undone', async () => {
  const client = await openTrip();
  fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
  const toast = await screen.findByText('“Trip” was deleted.');
  expect(client.inputs('notes.delete')).toEqual([{ id: testId(1) }]);
  expect(toast).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(client.inputs('notes.restore')).toEqual([{ id: testId(1) }]));
});

test('a new note opens at once', async () => {
  const client = open([]);
  fireEvent.click(await screen.findByRole('button', { name: 'New note' }));
  expect(await screen.findByLabelText('Text')).toBeDefined();
  expect(client.inputs('notes.create')).toEqual([{ title: 'New note', text: '' }]);
});

test.each([
  ['Trip', 'Trip.md'],
  ['a/b\\c:d*e?"<>|', 'a b c d e.md'],
  ['..', 'note.md'],
  ['x'.repeat(300), `${'x'.repeat(80)}.md`],
])('a note called %j is saved as %j', (title, name) => {
  expect(noteFileName(title)).toBe(name);
});
