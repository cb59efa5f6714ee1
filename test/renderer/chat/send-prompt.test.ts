import { expect, test } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { createDraftStore, emptyDraft } from '../../../renderer/features/chat/composer/draft-store.ts';
import { sendPrompt } from '../../../renderer/features/chat/composer/send-prompt.ts';
import { testId } from '../../builders/ids.ts';
import { createFakeClient } from '../../doubles/client.ts';
import { Frames } from './frames.ts';

const id = testId(1);

function setUp(draftKey: string) {
  const client = createFakeClient({
    calls: { 'thread.send': () => ({ userMessageId: testId(2), assistantMessageId: testId(3) }) },
  });
  const drafts = createDraftStore(null);
  const frames = new Frames();
  drafts.getState().change(draftKey, () => ({
    text: 'Hello',
    linked: null,
    attachments: [
      {
        key: 'k',
        name: 'a.txt',
        sizeBytes: 1,
        state: { kind: 'ready', id: testId(7), isImage: false },
        preview: null,
      },
    ],
  }));
  const send = (ensureConversation: () => Promise<string> = () => Promise.resolve(id)) =>
    sendPrompt({ client, drafts, nextFrame: frames.next, draftKey, threadLength: 4, ensureConversation });
  return { client, drafts, frames, send, state: () => drafts.getState() };
}

test('leaves the composer at once and stands in the thread until the message itself does', async () => {
  const { client, frames, send, state } = setUp(id);
  const sent = send();
  expect(state().drafts[id]).toEqual(emptyDraft);
  expect(state().pending[id]).toEqual({ text: 'Hello', threadLength: 4 });
  await sent;
  expect(client.inputs('thread.send')).toEqual([{ conversationId: id, text: 'Hello', attachmentIds: [testId(7)] }]);
  expect(state().pending[id]).toBeDefined();
  frames.pass();
  expect(state().pending).toEqual({});
});

test('what the node refuses comes back to the composer with the reason', async () => {
  const { client, send, state } = setUp(id);
  client.answer('thread.send', () => {
    throw new FailureError({ kind: 'turn-running' });
  });
  const sent = send();
  state().change(id, (draft) => ({ ...draft, text: 'typed meanwhile' }));
  await sent;
  expect(state().drafts[id]?.text).toBe('Hello\n\ntyped meanwhile');
  expect(state().drafts[id]?.attachments).toHaveLength(1);
  expect(state().failures[id]).toEqual({ kind: 'turn-running' });
  expect(state().pending).toEqual({});
});

test('the next attempt forgets the reason of the one before', async () => {
  const { send, state } = setUp(id);
  state().setFailure(id, { kind: 'turn-running' });
  await send();
  expect(state().failures).toEqual({});
});

test('the first message goes to the conversation that is made for it', async () => {
  const { client, drafts, frames, send, state } = setUp('new');
  await send(async () => {
    drafts.getState().move('new', id);
    return id;
  });
  expect(client.inputs('thread.send')[0]?.conversationId).toBe(id);
  expect(Object.keys(state().pending)).toEqual([id]);
  frames.pass();
  expect(state().pending).toEqual({});
});

test('if the conversation cannot be made the text stays where it was', async () => {
  const { client, send, state } = setUp('new');
  await send(() => Promise.reject(new FailureError({ kind: 'disconnected' })));
  expect(client.recorded).toEqual([]);
  expect(state().drafts.new?.text).toBe('Hello');
  expect(state().failures.new).toEqual({ kind: 'disconnected' });
});
