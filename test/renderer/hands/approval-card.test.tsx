import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessagePart, TurnState } from '../../../node-core/api/conversation-views.ts';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { DeedView } from '../../../node-core/api/hands-views.ts';
import { MessageParts } from '../../../renderer/features/chat/message/message-parts.tsx';
import { ThreadSurround, type ThreadSurroundings } from '../../../renderer/features/chat/thread/thread-context.tsx';
import type { OpenThread } from '../../../renderer/features/chat/thread/use-thread.ts';
import { anAgent } from '../../builders/agent-view.ts';
import { deeds, sortingDeed, toolPart } from '../../builders/deeds.ts';
import { testId } from '../../builders/ids.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { assistantMessage } from '../../builders/thread-views.ts';
import { createFakeClient } from '../../doubles/client.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => vi.useRealTimers());

const surroundings: ThreadSurroundings = {
  // A question needs nothing of the thread itself.
  thread: {} as OpenThread,
  conversationId: testId(1),
  agents: new Map([['nunba', anAgent({ isDefault: true })]]),
  isRunning: true,
  showTimings: false,
};
const asked = (deed: DeedView, callId = 'call-1', at = 1_000_000) =>
  toolPart({ callId, deed, approval: { kind: 'asked', at } });

function show(parts: readonly MessagePart[], state: TurnState = { kind: 'streaming' }) {
  const client = createFakeClient({ calls: { 'hands.answer': () => ({}) } });
  const message = assistantMessage({ state, parts: [...parts] });
  const rendered = renderScreen(
    <ThreadSurround value={surroundings}>
      <MessageParts message={message} isWriting={state.kind === 'streaming'} />
    </ThreadSurround>,
    client,
  );
  return { ...rendered, client };
}
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const press = async (name: string | RegExp) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await pass(0);
};

const kinds: readonly (readonly [string, DeedView, string, string, string])[] = [
  ['changes', deeds.files, 'Make 5 changes in Invoices', '+Call Ben', 'changes in Invoices'],
  ['moves', sortingDeed(2), 'Move 2 files in Downloads', 'Scans/scan-1.pdf', 'changes in Downloads'],
  ['a page', deeds.page, 'Ask example.org for a page', 'https://example.org/a?b=1', 'pages of example.org'],
  ['a command', deeds.command, 'Run a command as you', 'ls -la | wc -l', 'exactly this command'],
  ['a server', deeds.server, 'Call add_event of Calendar', 'Dentist', 'add_event of Calendar'],
];

describe.each(kinds)('a question about %s', (_, deed, headline, exact, subject) => {
  it('names exactly what would be done, and answers', async () => {
    const { client } = show([asked(deed)]);
    const card = screen.getByRole('region', { name: headline });
    expect(card.textContent).toContain(exact);
    const names = within(card)
      .getAllByRole('button')
      .map((button) => button.textContent);
    expect(names).toEqual(['Don’t allow', 'Allow once', 'Allow in this chat', `Always allow ${subject} by Nunba`]);
    await pass(400);
    await press(/^Always allow/);
    expect(client.inputs('hands.answer')).toEqual([{ callId: 'call-1', answer: 'always' }]);
  });
});

it.each([
  ['Don’t allow', 'no'],
  ['Allow once', 'once'],
  ['Allow in this chat', 'chat'],
] as const)('“%s” answers %s, once', async (name, answer) => {
  const { client } = show([asked(deeds.page)]);
  await pass(400);
  await press(name);
  await press(name);
  expect(client.inputs('hands.answer')).toEqual([{ callId: 'call-1', answer }]);
});

it('takes no press in the moment in which it appears', async () => {
  const { client } = show([asked(deeds.page)]);
  await pass(399);
  await press('Allow once');
  expect(client.inputs('hands.answer')).toEqual([]);
  await pass(1);
  await press('Allow once');
  expect(client.inputs('hands.answer')).toHaveLength(1);
});

it('says when a command is ended', () => {
  show([asked({ ...deeds.command, seconds: 90 })]);
  expect(screen.getByText('It is ended after 90 seconds if it has not ended by then.')).toBeDefined();
});

it('says what "always" means and where it is taken back', () => {
  show([asked(deeds.page)]);
  expect(screen.getByText(/^“Always” means: /).textContent).toBe(
    '“Always” means: Nunba may ask example.org for any page with the tool “Write files”, without asking, in every chat, in recipes that run by themselves, and for programs that ask over Nunba’s address. “In this chat” means the same, here alone. Take it back at any time in Settings, Permissions.',
  );
});

it.each([
  [1, true],
  [5, false],
])('of %i changes the differences are open: %s', (count, isOpen) => {
  const { container } = show([asked({ ...deeds.files, changes: deeds.files.changes.slice(0, count) })]);
  expect(container.querySelector('details')?.open).toBe(isOpen);
});

it('calls a removal by its name, and says before it that a copy is kept', () => {
  show([asked({ ...deeds.files, changes: deeds.files.changes.slice(4) })]);
  const card = screen.getByRole('region', { name: 'Remove old.txt from Invoices' });
  expect(within(card).getByRole('listitem').textContent).toContain('Remove');
  expect(card.textContent).toContain('A copy of what is removed is kept, so that you can undo it.');
});

it('says nothing of copies where nothing is removed', () => {
  show([asked({ ...deeds.files, changes: deeds.files.changes.slice(0, 4) })]);
  expect(screen.queryByText(/A copy of what is removed/)).toBeNull();
});

it('takes the person to a new question, but to no button', async () => {
  show([asked(deeds.page)]);
  expect(document.activeElement).toBe(screen.getByRole('region', { name: /^Ask example/ }));
});

it('leaves alone whoever writes', () => {
  const writing = document.body.appendChild(document.createElement('textarea'));
  writing.focus();
  show([asked(deeds.page)]);
  expect(document.activeElement).toBe(writing);
  writing.remove();
});

it('neither moves the focus nor speaks for a question that comes into view again', async () => {
  show([asked(deeds.page, 'call-1', 1_000_000 - 60_000)]);
  expect(document.activeElement).toBe(document.body);
  expect(screen.queryByText(/asks you/)).toBeNull();
});

it('says one whole sentence to a screen reader, and takes it away again', async () => {
  show([asked(deeds.page)]);
  const words = 'Nunba asks you: Ask example.org for a page? Nothing is done until you answer.';
  expect(screen.getByText(words).getAttribute('aria-live')).toBe('polite');
  await pass(3_000);
  expect(screen.queryByText(words)).toBeNull();
});

it('asks several questions apart, without an answer to all', async () => {
  const { client } = show([asked(deeds.page, 'call-1'), asked(deeds.command, 'call-2')]);
  await pass(400);
  const second = screen.getByRole('region', { name: 'Run a command as you' });
  fireEvent.click(within(second).getByRole('button', { name: 'Don’t allow' }));
  await pass(0);
  expect(client.inputs('hands.answer')).toEqual([{ callId: 'call-2', answer: 'no' }]);
  const first = screen.getByRole('region', { name: 'Ask example.org for a page' });
  expect(within(first).getByRole<HTMLButtonElement>('button', { name: 'Allow once' }).disabled).toBe(false);
});

it('says why an answer did not arrive, and can be answered again', async () => {
  const { client } = show([asked(deeds.page)]);
  client.answer('hands.answer', () => {
    throw new FailureError({ kind: 'not-found', what: 'deed' });
  });
  await pass(400);
  await press('Allow once');
  expect(screen.getByRole('alert').textContent).not.toBe('');
  await press('Don’t allow');
  expect(client.inputs('hands.answer')).toHaveLength(2);
});

it.each([{ kind: 'stopped' }, { kind: 'interrupted' }] as const)('asks no more once the answer is %o', (state) => {
  show([asked(deeds.page)], state);
  expect(screen.queryByRole('button', { name: 'Allow once' })).toBeNull();
  expect(screen.getByText('It was stopped before you answered; nothing was done')).toBeDefined();
});

describe('taking back', () => {
  const given = toolPart({
    deed: deeds.files,
    approval: { kind: 'given', scope: 'once', by: 'person' },
    outcome: { kind: 'done', value: 'written' },
    undo: 'possible',
  });

  it('takes one press, and tells what was left and why', async () => {
    const { client } = show([given], { kind: 'complete', reason: 'complete' });
    client.answer('hands.undo', () => ({
      undoneCount: 4,
      newer: ['/home/ann/Invoices/plan.txt'],
      left: [{ path: '/home/ann/Invoices/notes.txt', reason: 'It was changed since.' }],
    }));
    await press('Undo: Make 5 changes in Invoices');
    expect(client.inputs('hands.undo')).toEqual([{ callId: 'call-1' }]);
    const report = screen.getByText('4 changes were taken back.').parentElement;
    expect(report?.textContent).toContain('Changed since, and moved back as they are now:/home/ann/Invoices/plan.txt');
    expect(report?.textContent).toContain('/home/ann/Invoices/notes.txt It was changed since.');
    expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull();
  });

  it.each([
    ['undone', 'Undone'],
    ['changed', 'Undone in part: something was changed since'],
  ] as const)('%s is said', (undo, words) => {
    show([{ ...given, undo }], { kind: 'complete', reason: 'complete' });
    expect(screen.getByText(words)).toBeDefined();
  });

  it('is not offered where nothing can be taken back', () => {
    show([{ ...given, undo: 'none' }], { kind: 'complete', reason: 'complete' });
    expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull();
  });
});
