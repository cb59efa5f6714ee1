import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ChecklistView } from '../../../node-core/api/conversation-views.ts';
import { FailureError } from '../../../node-core/api/failures.ts';
import { ChecklistPanel } from '../../../renderer/features/chat/checklist/checklist-panel.tsx';
import { testId } from '../../builders/ids.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { createFakeClient } from '../../doubles/client.ts';

const first: ChecklistView = {
  revision: 3,
  items: [
    { id: 'a', text: 'Choose a day', isDone: false },
    { id: 'b', text: 'Invite everybody', isDone: false },
  ],
};

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
});

interface Hold {
  change: (checklist: ChecklistView) => void;
}

/** A panel whose checklist the test can replace, as the node does. */
function Held({ hold }: { hold: Hold }) {
  const [checklist, setChecklist] = useState(first);
  useEffect(() => {
    hold.change = setChecklist;
  }, [hold]);
  return <ChecklistPanel conversationId={testId(1)} checklist={checklist} />;
}

function open() {
  const client = createFakeClient({
    calls: { 'checklist.save': ({ revision, items }) => ({ revision: revision + 1, items }) },
  });
  const hold: Hold = { change: () => undefined };
  renderScreen(<Held hold={hold} />, client);
  const saved = () =>
    client.inputs('checklist.save').map(({ revision, items }) => [revision, items.map(({ text }) => text).join(', ')]);
  return { client, saved, arrive: (checklist: ChecklistView) => act(() => hold.change(checklist)) };
}
const steps = () => screen.getAllByRole('checkbox').map((box) => box.getAttribute('aria-label'));

test('ticking shows at once and is saved from the revision it was based on', async () => {
  const { client } = open();
  fireEvent.click(screen.getByRole('checkbox', { name: 'Choose a day' }));
  expect(screen.getByText('1 of 2 done')).toBeDefined();
  await waitFor(() => expect(client.inputs('checklist.save')).toHaveLength(1));
  expect(client.inputs('checklist.save')[0]).toMatchObject({ revision: 3, items: [{ id: 'a', isDone: true }, {}] });
});

test('quick edits are saved one after the other, each from the revision before', async () => {
  const { saved } = open();
  const field = screen.getByRole('textbox', { name: 'New step' });
  fireEvent.change(field, { target: { value: 'Bake' } });
  fireEvent.submit(field);
  fireEvent.keyDown(screen.getByRole('button', { name: /Step 1 of 3/ }), { key: 'ArrowDown' });
  await waitFor(() =>
    expect(saved()).toEqual([
      [3, 'Choose a day, Invite everybody, Bake'],
      [4, 'Invite everybody, Choose a day, Bake'],
    ]),
  );
});

test('a removed step can be brought back', async () => {
  const { saved } = open();
  fireEvent.click(screen.getAllByRole('button', { name: 'Remove the step' })[0] ?? document.body);
  expect(steps()).toEqual(['Invite everybody']);
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(saved().at(-1)).toEqual([4, 'Choose a day, Invite everybody']));
});

test('a step is reworded in place; Escape leaves it', async () => {
  const { saved } = open();
  fireEvent.click(screen.getByRole('button', { name: 'Choose a day' }));
  const field = screen.getByRole('textbox', { name: 'Edit the step' });
  fireEvent.change(field, { target: { value: 'Choose a week' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() => expect(saved()).toEqual([[3, 'Choose a week, Invite everybody']]));
  fireEvent.click(screen.getByRole('button', { name: 'Choose a week' }));
  fireEvent.change(screen.getByRole('textbox', { name: 'Edit the step' }), { target: { value: 'x' } });
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Edit the step' }), { key: 'Escape' });
  expect(steps()).toEqual(['Choose a week', 'Invite everybody']);
});

test('if somebody else was faster, theirs is shown and the person is told', async () => {
  const { client, arrive } = open();
  client.answer('checklist.save', () => {
    throw new FailureError({ kind: 'conflict', what: 'checklist' });
  });
  arrive({ revision: 4, items: [{ id: 'z', text: 'Theirs', isDone: false }] });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Theirs' }));
  expect(await screen.findByText(/The checklist was changed elsewhere/)).toBeDefined();
  expect(screen.getByRole('checkbox', { name: 'Theirs' })).toHaveProperty('checked', false);
});

test('an older state that arrives late does not undo what is shown', async () => {
  const { client, arrive } = open();
  fireEvent.click(screen.getByRole('checkbox', { name: 'Choose a day' }));
  await waitFor(() => expect(client.inputs('checklist.save')).toHaveLength(1));
  arrive(first);
  expect(screen.getByText('1 of 2 done')).toBeDefined();
});
