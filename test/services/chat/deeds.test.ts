import { expect, test } from 'vitest';
import type { AssistantMessageView } from '../../../node-core/api/conversation-views.ts';
import type { Deed } from '../../../node-core/protocol/hands/deed.ts';
import type { AnswerEvent, Approval } from '../../../node-core/protocol/ports/answers.ts';
import type { DeedEnd, DeedRecords, UndoneDeed } from '../../../node-core/protocol/ports/deed-records.ts';
import { openTestChat, type TestChat } from '../../builders/chat.ts';
import { noDeeds } from '../../doubles/deed-records.ts';

const deed: Deed = { kind: 'fetch-page', url: 'https://example.org/', host: 'example.org' };
const given: Approval = { kind: 'given', scope: 'once', by: 'person' };
const half: DeedEnd = { outcome: { kind: 'failed', message: 'It ended in the middle.' }, canUndo: true };
const call = (callId: string): AnswerEvent => ({
  kind: 'tool-call',
  callId,
  toolName: 'fetch_page',
  arguments: { n: callId },
});
const about = (callId: string, approval: Approval): AnswerEvent => ({ kind: 'tool-deed', callId, deed, approval });

async function begin(open: TestChat) {
  const conversationId = await open.conversation();
  await open.call('thread.send', { conversationId, text: 'Go', attachmentIds: [] });
  const answer = await open.answerer.next();
  const last = async (): Promise<AssistantMessageView> => {
    const { messages } = await open.call('thread.page', { conversationId, from: 0, count: 10 });
    const message = messages.at(-1);
    if (message?.role !== 'assistant') throw new Error('the answer is not there');
    return message;
  };
  return { conversationId, answer, last };
}

test('what is asked, allowed, done and can be taken back stands in the answer', async () => {
  const open = await openTestChat();
  const { answer, last } = await begin(open);
  answer.say(call('c1'), about('c1', { kind: 'asked', at: 5 }));
  await open.clock.advance(0);
  expect((await last()).parts).toMatchObject([{ deed, approval: { kind: 'asked', at: 5 }, outcome: null }]);
  answer.say(about('c1', given), {
    kind: 'tool-outcome',
    callId: 'c1',
    outcome: { kind: 'done', value: 'x' },
    canUndo: true,
  });
  answer.finish();
  await open.clock.advance(0);
  expect((await last()).parts).toMatchObject([{ deed, approval: given, outcome: { kind: 'done' }, undo: 'possible' }]);
});

test('stopped in the middle of a deed: the answer says what was done until then', async () => {
  const open = await openTestChat({ deeds: { ...noDeeds, endOf: async (callId) => (callId === 'c1' ? half : null) } });
  const { conversationId, answer, last } = await begin(open);
  answer.say(
    call('c0'),
    about('c0', { kind: 'asked', at: 5 }),
    call('c1'),
    about('c1', given),
    call('c2'),
    about('c2', given),
  );
  await open.clock.advance(0);
  await open.call('thread.stop', { conversationId });
  expect((await last()).parts).toMatchObject([
    { callId: 'c0', outcome: { kind: 'stopped' }, undo: 'none' },
    { callId: 'c1', outcome: half.outcome, undo: 'possible' },
    // Allowed, and never begun.
    { callId: 'c2', outcome: { kind: 'stopped' }, undo: 'none' },
  ]);
});

test('after a crash a deed that the answer knew nothing of is there, once, and is told when it goes on', async () => {
  const before = await openTestChat();
  const { conversationId, answer } = await begin(before);
  // The person had just allowed it when the process ended: the answer was kept while it was still asked.
  answer.say(call('c1'), about('c1', { kind: 'asked', at: 5 }));
  await before.clock.advance(1_000);
  // The process ends here; that c2 was begun after the answer was kept is known to the journal alone.
  const deeds: DeedRecords = {
    ...noDeeds,
    endOf: async (callId) => ({ ...half, outcome: { kind: 'done', value: `end of ${callId}` } }),
    begunFor: async () =>
      ['c1', 'c2'].map((callId) => ({
        callId,
        toolName: 'fetch_page',
        arguments: { n: callId },
        deed,
        approval: given,
      })),
  };
  const after = await openTestChat({ folder: before.folder, series: 1, deeds });
  const { messages } = await after.call('thread.page', { conversationId, from: 0, count: 10 });
  expect(messages.at(-1)).toMatchObject({
    state: { kind: 'interrupted' },
    parts: ['c1', 'c2'].map((callId) => ({
      kind: 'tool',
      callId,
      deed,
      approval: given,
      outcome: { kind: 'done', value: `end of ${callId}` },
      undo: 'possible',
    })),
  });
  await after.call('thread.continue', { messageId: messages.at(-1)?.id ?? '' });
  const { request } = await after.answerer.next();
  expect(request.history.at(-1)).toMatchObject({ role: 'assistant', parts: [{ callId: 'c1' }, { callId: 'c2' }] });
});

test.each(['at work', 'ended'])('taken back while its answer is %s: shown at once, and kept', async (when) => {
  const listeners: ((undone: UndoneDeed) => Promise<void>)[] = [];
  const open = await openTestChat({
    deeds: {
      ...noDeeds,
      onUndone: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    },
  });
  const { conversationId, answer, last } = await begin(open);
  const { items } = await open.watch(conversationId);
  answer.say(call('c1'), about('c1', given), {
    kind: 'tool-outcome',
    callId: 'c1',
    outcome: { kind: 'done', value: 'x' },
    canUndo: true,
  });
  if (when === 'ended') answer.finish();
  await open.clock.advance(0);
  const { id: messageId } = await last();
  for (const tell of listeners) await tell({ conversationId, messageId, callId: 'c1', undo: 'undone' });
  expect(items.at(-1)).toMatchObject({ kind: 'message', message: { parts: [{ undo: 'undone' }] } });
  if (when === 'at work') answer.finish();
  await open.clock.advance(0);
  expect((await last()).parts).toMatchObject([{ undo: 'undone' }]);
});

test('turns that wait for the person leave their places to others', async () => {
  const open = await openTestChat();
  const ids = await Promise.all(Array.from({ length: 6 }, () => open.conversation()));
  for (const conversationId of ids) await open.call('thread.send', { conversationId, text: 'Go', attachmentIds: [] });
  expect(open.answerer.answers.length).toBe(4);
  const [first] = open.answerer.answers;
  first?.say(call('c1'), about('c1', { kind: 'asked', at: 5 }));
  await open.clock.advance(0);
  expect(open.answerer.answers.length).toBe(5);
  first?.say(about('c1', given));
  await open.clock.advance(0);
  expect(open.answerer.answers.length).toBe(5);
});

test('a question is on the disk at once, whatever happens to the process next', async () => {
  const open = await openTestChat();
  const { answer } = await begin(open);
  answer.say(call('c1'), about('c1', { kind: 'asked', at: 5 }));
  // No time passes: nothing that waits for a timer is kept.
  await open.clock.advance(0);
  const kept = await open.storage.db
    .selectFrom('messages')
    .select('parts_json')
    .where('role', '=', 'assistant')
    .execute();
  expect(kept.map(({ parts_json }) => parts_json)).toEqual([expect.stringContaining('"kind":"asked"')]);
});
