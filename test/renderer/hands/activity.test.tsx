import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { PastDeed } from '../../../node-core/api/hands-views.ts';
import { ActivitySection } from '../../../renderer/features/activity/activity-section.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { deeds, pastDeed } from '../../builders/deeds.ts';
import { testId } from '../../builders/ids.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { conversationView } from '../../builders/thread-views.ts';
import { createFakeClient } from '../../doubles/client.ts';

/** Long lists take their time on a busy machine. */
const patient = { timeout: 10_000 };

function open(past: PastDeed[]) {
  const client = createFakeClient({
    first: {
      'hands.watchPast': { revision: 0 },
      'agents.watch': [anAgent({ isDefault: true })],
      'conversations.watch': { kind: 'all', conversations: [conversationView({ title: 'Rename photos' })] },
    },
    calls: {
      'hands.past': ({ before, count }) => ({
        deeds: past.filter(({ at }) => before === null || at < before).slice(0, count),
      }),
    },
  });
  return { client, ...renderScreen(<ActivitySection />, client) };
}

test('says what will stand here', async () => {
  open([]);
  expect(await screen.findByText('No agent has done anything yet')).toBeDefined();
});

test.each<[Partial<PastDeed>, string]>([
  [{ end: 'done' }, 'Done.'],
  [{ end: 'done', undo: 'undone' }, 'Done, and taken back since.'],
  [{ end: 'not-done' }, 'Not done.'],
  [{ end: 'running' }, 'At work now.'],
  [{ end: 'partly', doneCount: 3, stepCount: 20 }, 'Stopped on the way: 3 of 20 steps were done.'],
  [{ end: 'unknown', deed: deeds.command }, 'It broke off. It is not known whether the command finished.'],
  [{ end: 'unknown', deed: deeds.server }, 'It broke off. It is not known whether the server did it.'],
  [{ end: 'unknown', deed: deeds.page }, 'It broke off. It is not known whether the page was asked for.'],
  [{ end: 'unknown' }, 'It broke off. It is not known whether the last change was made.'],
])('tells honestly how it ended: %o', async (fields, words) => {
  open([pastDeed(fields)]);
  expect(await screen.findByText(words)).toBeDefined();
});

test('says by whom, how it was allowed, and leads to the answer', async () => {
  const { state } = open([pastDeed()]);
  expect(await screen.findByText('Make 5 changes in Invoices')).toBeDefined();
  expect(screen.getByText('by Nunba')).toBeDefined();
  expect(screen.getByText('You allowed this once')).toBeDefined();
  fireEvent.click(await screen.findByRole('button', { name: 'Rename photos' }));
  expect(state().target).toEqual({ conversationId: testId(1), messageId: testId(101) });
});

test('says that a program asked where no answer is kept', async () => {
  open([pastDeed({ messageId: null, conversationId: testId(77) })]);
  expect(await screen.findByText('a program that asked over Nunba’s address')).toBeDefined();
  expect(screen.queryByText('a deleted chat')).toBeNull();
});

test('takes a deed back and says what came of it', async () => {
  const { client } = open([pastDeed()]);
  client.answer('hands.undo', () => ({ undoneCount: 5, newer: [], left: [] }));
  fireEvent.click(await screen.findByRole('button', { name: 'Undo: Make 5 changes in Invoices' }));
  expect(await screen.findByText('5 changes were taken back.')).toBeDefined();
  expect(client.inputs('hands.undo')).toEqual([{ callId: 'call-1' }]);
});

test('says why taking back failed, and can be tried again', async () => {
  const { client } = open([pastDeed()]);
  client.answer('hands.undo', () => {
    throw new FailureError({ kind: 'storage-full' });
  });
  fireEvent.click(await screen.findByRole('button', { name: /^Undo: / }));
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
  expect(screen.getByRole('button', { name: /^Undo: / })).toBeDefined();
});

test('loads a page at a time, newest first', { timeout: 30_000 }, async () => {
  const many = Array.from({ length: 60 }, (_, place) => pastDeed({ callId: `call-${place}`, at: 10_000 - place }));
  const { client } = open(many);
  await waitFor(() => expect(screen.getAllByText('Make 5 changes in Invoices')).toHaveLength(25), patient);
  fireEvent.click(screen.getByRole('button', { name: 'Show older ones' }));
  await waitFor(() => expect(screen.getAllByText('Make 5 changes in Invoices')).toHaveLength(50), patient);
  fireEvent.click(screen.getByRole('button', { name: 'Show older ones' }));
  await waitFor(() => expect(screen.getAllByText('Make 5 changes in Invoices')).toHaveLength(60), patient);
  expect(screen.queryByRole('button', { name: 'Show older ones' })).toBeNull();
  expect(client.inputs('hands.past').map(({ before }) => before)).toEqual([null, 9_976, 9_951]);
});

test('follows what agents do while it is looked at', async () => {
  const past = [pastDeed({ callId: 'first', end: 'running', at: 1 })];
  const { client } = open(past);
  expect(await screen.findByText('At work now.')).toBeDefined();
  past.splice(0, 1, pastDeed({ callId: 'second', at: 2 }), pastDeed({ callId: 'first', end: 'not-done', at: 1 }));
  act(() => client.emit('hands.watchPast', { revision: 1 }));
  expect(await screen.findByText('Not done.')).toBeDefined();
  expect(screen.getAllByText('Make 5 changes in Invoices')).toHaveLength(2);
  expect(screen.queryByText('At work now.')).toBeNull();
});

test('asks once for many changes in a row, and keeps the older ones that were loaded', {
  timeout: 30_000,
}, async () => {
  const many = Array.from({ length: 40 }, (_, place) => pastDeed({ callId: `call-${place}`, at: 10_000 - place }));
  const { client } = open(many);
  await waitFor(() => expect(screen.getAllByText('Make 5 changes in Invoices')).toHaveLength(25), patient);
  fireEvent.click(screen.getByRole('button', { name: 'Show older ones' }));
  await waitFor(() => expect(screen.getAllByText('Make 5 changes in Invoices')).toHaveLength(40), patient);
  many.unshift(pastDeed({ callId: 'newest', at: 20_000 }));
  act(() => {
    for (let revision = 1; revision <= 20; revision += 1) client.emit('hands.watchPast', { revision });
  });
  await waitFor(() => expect(screen.getAllByText('Make 5 changes in Invoices')).toHaveLength(41), patient);
  expect(client.inputs('hands.past').length).toBeLessThanOrEqual(4);
});
