import { expect, test } from 'vitest';
import { shownBefore, textBefore } from '../../../node-core/agents/loop/shown-before.ts';
import { searchChats } from '../../../node-core/agents/tools/search-chats.ts';
import type { PromptMessage, PromptPart } from '../../../node-core/protocol/ports/answers.ts';
import { toolContext } from '../../builders/deed-tool.ts';
import { readingTool } from '../../builders/tool.ts';
import { createFakeChatReader } from '../../doubles/chat-reader.ts';

const messages = [
  {
    ...{ conversationId: 'C2', conversationTitle: 'The boat', messageId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
    ...{ role: 'user' as const, createdAt: 0, text: 'Something else\nThe boat is blue.' },
  },
];
const context = toolContext({ reader: createFakeChatReader({ messages }) });

const use = (toolName: string, given: object, kind: 'done' | 'stopped' = 'done'): PromptPart => ({
  ...{ kind: 'tool', callId: 'c', toolName, arguments: JSON.parse(JSON.stringify(given)) },
  outcome: kind === 'done' ? { kind, value: 'shown' } : { kind },
});
const partial = (...parts: PromptPart[]): PromptMessage[] => [
  { role: 'user', text: 'What colour?', attachments: [] },
  { role: 'assistant', parts },
];

test('what a partial answer was shown is looked up again, whole', async () => {
  const history = partial(use('search_chats', { query: 'boat' }), { kind: 'text', text: 'It is' });
  expect(await shownBefore(history, [searchChats], context)).toEqual([
    {
      kind: 'message',
      conversationId: 'C2',
      messageId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      text: 'Something else\nThe boat is blue.',
    },
  ]);
});

test('only by tools that can be quoted and only for what was shown; what cannot be read any more is left out', async () => {
  let runs = 0;
  const counted = readingTool(async () => {
    runs += 1;
    return { value: '', sources: [] };
  });
  const broken = readingTool(() => Promise.reject(new Error('gone')), { isQuotable: true });
  const history = partial(use('search_chats', {}));
  expect(await shownBefore(history, [counted], context)).toEqual([]);
  expect(
    await shownBefore(partial(use('search_chats', {}, 'stopped')), [{ ...counted, isQuotable: true }], context),
  ).toEqual([]);
  expect(runs).toBe(0);
  expect(await shownBefore(history, [broken], context)).toEqual([]);
  expect(await shownBefore(history.slice(0, 1), [counted], context)).toEqual([]);
});

test('a stop ends it', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  const history = partial(use('search_chats', { query: 'boat' }));
  await expect(shownBefore(history, [searchChats], { ...context, signal: stop.signal })).rejects.toThrow('stopped');
});

test('all the words of the first part are there, also before a tool', () => {
  const text = { kind: 'text', text: 'Before.' } as const;
  expect(textBefore(partial(text, use('search_chats', {})))).toBe('Before.\n\n');
  expect(textBefore(partial(text, use('search_chats', {}), { kind: 'text', text: 'Aft' }))).toBe('Before.\n\nAft');
  expect(textBefore([])).toBe('');
});
