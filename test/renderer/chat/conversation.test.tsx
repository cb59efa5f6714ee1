import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { MessageView, ThreadItem } from '../../../node-core/api/conversation-views.ts';
import { FailureError } from '../../../node-core/api/failures.ts';
import { defaultSettings } from '../../../node-core/api/node-views.ts';
import { ChatScreen } from '../../../renderer/features/chat/chat-screen.tsx';
import { useScreen } from '../../../renderer/screen.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { testId } from '../../builders/ids.ts';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { assistantMessage, conversationView, userMessage } from '../../builders/thread-views.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const id = testId(1);
const provider = aProvider({ id: 'local', name: 'Ollama' });
const model = aModel(provider, 'qwen3-4b');
const started = { userMessageId: testId(50), assistantMessageId: testId(51) };

const opened = (messages: readonly MessageView[], length = messages.length, isRunning = false): ThreadItem => ({
  kind: 'opened',
  conversation: conversationView({ id, isRunning }),
  checklist: null,
  page: { length, from: length - messages.length, messages: [...messages] },
});

function connect(thread: ThreadItem): FakeClient {
  return createFakeClient({
    first: {
      'agents.watch': [anAgent({ isDefault: true }), anAgent({ id: 'guide', name: 'Guide', engine: 'guide' })],
      'models.watch': modelsView({
        providers: [provider],
        models: [model],
        chosen: { model, providerName: 'Ollama', reason: 'only-one' },
      }),
      'settings.watch': defaultSettings,
      'thread.watch': thread,
    },
    calls: {
      'conversations.create': () => conversationView({ id }),
      'thread.send': () => started,
      'thread.retry': () => started,
      'thread.edit': () => started,
      'thread.continue': () => started,
      'thread.stop': () => ({}),
      'thread.delete': () => ({}),
      'thread.restore': () => ({}),
      'thread.choose': () => ({ index: 0 }),
    },
  });
}

function Shown() {
  const shown = useScreen((state) => state.screen);
  return shown.kind === 'chat' ? <ChatScreen conversationId={shown.conversationId} menuButton={null} /> : null;
}
const open = (client: FakeClient, conversationId: string | null = id) =>
  renderScreen(<Shown />, client, { kind: 'chat', conversationId });
const composer = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: /^Message / });
const write = async (text: string) => {
  const box = await composer();
  fireEvent.change(box, { target: { value: text } });
  fireEvent.keyDown(box, { key: 'Enter' });
  return box;
};
// happy-dom has no layout: everything is 80 px high, and what scrolls 800.
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 80 });
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 800 });
Object.defineProperty(HTMLElement.prototype, 'scrollHeight', {
  configurable: true,
  get(this: HTMLElement) {
    return Number.parseFloat(this.querySelector('ol')?.style.height ?? '') || 800;
  },
});

const exchange = [userMessage(), assistantMessage()];

test('shows the messages, who answers and why', async () => {
  open(connect(opened(exchange)));
  expect(await screen.findByText('Hello')).toBeDefined();
  expect(await screen.findByText('Hello to you')).toBeDefined();
  expect(screen.getByText('qwen3-4b on this computer answers: it is the only model there is.')).toBeDefined();
});

test('a model is called by its name, also under what it wrote, and by its id once it is gone', async () => {
  const named = { ...model, name: 'Qwen3 4B' };
  const { ref, modelId, location } = named;
  const provenance = { kind: 'model', ref, modelId, location, providerName: 'Ollama', reason: 'only-one' } as const;
  const client = connect(opened([userMessage(), assistantMessage({ provenance })]));
  open(client);
  await screen.findByText('qwen3-4b on this computer');
  const chosen = { model: named, providerName: 'Ollama', reason: 'only-one' } as const;
  act(() => client.emit('models.watch', modelsView({ providers: [provider], models: [named], chosen })));
  expect(screen.getByText('Qwen3 4B on this computer')).toBeDefined();
  expect(screen.getByText('Qwen3 4B on this computer answers: it is the only model there is.')).toBeDefined();
  expect(screen.getByText('Qwen3 4B · this computer')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Model: Qwen3 4B' })).toBeDefined();
  expect(document.body.textContent).not.toContain('qwen3-4b');
});

test('a message stands in the thread at once, and only once when the node has it', async () => {
  const client = connect(opened(exchange));
  let resolve: (value: typeof started) => void = () => undefined;
  client.answer('thread.send', () => new Promise((done) => (resolve = done)));
  open(client);
  await screen.findByText('Hello');
  const box = await write('And now?');
  expect(box.value).toBe('');
  expect(await screen.findByText('And now?')).toBeDefined();
  act(() => {
    client.emit('thread.watch', {
      kind: 'path',
      page: { length: 3, from: 2, messages: [userMessage({ id: testId(50), text: 'And now?' })] },
    });
    resolve(started);
  });
  await waitFor(() => expect(screen.queryByText('Sending …')).toBeNull());
  expect(screen.getAllByText('And now?')).toHaveLength(1);
});

test('a message that is refused comes back to the composer with the reason', async () => {
  const client = connect(opened(exchange));
  client.answer('thread.send', () => {
    throw new FailureError({ kind: 'storage-full' });
  });
  open(client);
  await screen.findByText('Hello');
  const box = await write('Keep me');
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
  expect(box.value).toBe('Keep me');
});

test('the first message makes the conversation and shows it', async () => {
  const client = connect(opened([]));
  const { state } = open(client, null);
  await screen.findByText('qwen3-4b on this computer answers: it is the only model there is.');
  await write('The first one');
  await waitFor(() => expect(state().screen).toEqual({ kind: 'chat', conversationId: id }));
  await waitFor(() =>
    expect(client.inputs('thread.send')).toEqual([{ conversationId: id, text: 'The first one', attachmentIds: [] }]),
  );
  expect(client.inputs('conversations.create')).toEqual([{ agentId: 'nunba', model: null }]);
});

test('Escape stops the answer that is being written', async () => {
  const running = assistantMessage({ state: { kind: 'streaming' } });
  const client = connect(opened([userMessage(), running], 2, true));
  open(client);
  await screen.findByRole('button', { name: 'Stop' });
  fireEvent.keyDown(window, { key: 'Escape' });
  await waitFor(() => expect(client.inputs('thread.stop')).toEqual([{ conversationId: id }]));
});

test('a slash goes to the composer, and is a slash inside it', async () => {
  open(connect(opened(exchange)));
  const box = await composer();
  box.blur();
  fireEvent.keyDown(document.body, { key: '/' });
  expect(document.activeElement).toBe(box);
  expect(fireEvent.keyDown(box, { key: '/' })).toBe(true);
});

test('a failed answer says why and can be tried again', async () => {
  const failed = assistantMessage({
    state: { kind: 'failed', failure: { kind: 'model-rate-limited', host: 'example.org', retryAfterSeconds: 7 } },
    parts: [],
  });
  const client = connect(opened([userMessage(), failed]));
  open(client);
  expect(await screen.findByText('example.org takes no more requests just now. Try again in 7 s.')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
  await waitFor(() => expect(client.inputs('thread.retry')).toEqual([{ messageId: failed.id }]));
});

test.each([
  ['stopped', { kind: 'stopped' }, 'You stopped this answer.'],
  ['interrupted', { kind: 'interrupted' }, 'Nunba was closed while this was being written. What had arrived is kept.'],
  ['cut', { kind: 'complete', reason: 'length' }, 'The answer reached its length limit.'],
] as const)('an answer that was %s can be continued', async (_, state, words) => {
  const client = connect(opened([userMessage(), assistantMessage({ state })]));
  open(client);
  expect(await screen.findByText(words)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await waitFor(() => expect(client.inputs('thread.continue')).toEqual([{ messageId: testId(101) }]));
});

test('an answer that filled the context offers a new chat and other models, and nothing that has no room', async () => {
  const full = assistantMessage({ state: { kind: 'complete', reason: 'full' } });
  open(connect(opened([userMessage(), full])));
  expect(await screen.findByText(/^The conversation has filled what this model can remember at once/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Open Models' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Start a new chat' }));
  await waitFor(() => expect(screen.queryByText(/has filled what this model can remember/)).toBeNull());
});

test('editing a prompt makes another version of it', async () => {
  const client = connect(opened(exchange));
  open(client);
  fireEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  const box = screen.getByRole('textbox', { name: 'Edited message' });
  fireEvent.change(box, { target: { value: 'Hello again' } });
  fireEvent.keyDown(box, { key: 'Enter' });
  await waitFor(() =>
    expect(client.inputs('thread.edit')).toEqual([{ messageId: testId(100), text: 'Hello again', attachmentIds: [] }]),
  );
});

test('versions are reached by their neighbours', async () => {
  const siblings = { index: 1, count: 3, previousId: testId(200), nextId: testId(201) };
  const client = connect(opened([userMessage(), assistantMessage({ siblings })]));
  open(client);
  expect(await screen.findByText('2 of 3')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Next version' }));
  await waitFor(() => expect(client.inputs('thread.choose')).toEqual([{ messageId: testId(201) }]));
});

test('a deleted message can be brought back', async () => {
  const client = connect(opened(exchange));
  open(client);
  fireEvent.click((await screen.findAllByRole('button', { name: 'Delete' }))[1] ?? document.body);
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(client.inputs('thread.restore')).toEqual([{ messageId: testId(101) }]));
  expect(client.inputs('thread.delete')).toEqual([{ messageId: testId(101) }]);
});

test('a thread of 10,000 messages keeps few rows in the document and loads what is looked at', async () => {
  const numbered = (number: number) => userMessage({ id: testId(number), text: `message ${number}` });
  const newest = Array.from({ length: 50 }, (_, place) => numbered(9_950 + place));
  const client = connect(opened(newest, 10_000));
  client.answer('thread.page', ({ from, count }) => ({
    length: 10_000,
    from,
    messages: Array.from({ length: count }, (_, place) => numbered(from + place)),
  }));
  open(client);
  const thread = await screen.findByRole('region', { name: 'Messages' });
  // A browser says by itself that the page has scrolled to the end.
  await waitFor(() => expect(thread.scrollTop).toBeGreaterThan(1_000_000));
  fireEvent.scroll(thread);
  expect(await screen.findByText('message 9999')).toBeDefined();
  expect(document.querySelectorAll('[data-index]').length).toBeLessThan(150);
  expect(client.inputs('thread.page')).toEqual([]);
  thread.scrollTop = 0;
  fireEvent.scroll(thread);
  expect(await screen.findByText('message 0')).toBeDefined();
  expect(client.inputs('thread.page')).toEqual([{ conversationId: id, from: 0, count: 100 }]);
  expect(document.querySelectorAll('[data-index]').length).toBeLessThan(150);
});

test('a conversation that is gone says so and leads to a new one', async () => {
  const client = connect(opened(exchange));
  const { state } = open(client);
  await screen.findByText('Hello');
  act(() => client.end('thread.watch', { kind: 'not-found', what: 'conversation' }));
  expect(await screen.findByText('This conversation is not here any more.')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'New chat' }));
  expect(state().screen).toEqual({ kind: 'chat', conversationId: null });
});

test('without a model it offers to choose one, or the Guide', async () => {
  const client = connect(opened([]));
  client.emit('models.watch', modelsView(), true);
  const { state } = open(client, null);
  fireEvent.click(await screen.findByRole('button', { name: 'Ask the Guide' }));
  expect(state().newChatAgentId).toBe('guide');
  expect(await screen.findByText(/It is not a language model/)).toBeDefined();
});
