import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AssistantMessageView, ThreadItem } from '../../../node-core/api/conversation-views.ts';
import { createAnswerPrinter } from '../../../node-core/commands/answer-printer.ts';
import { testId } from '../../builders/ids.ts';

const id = testId(1);

const answer = (text: string, state: AssistantMessageView['state'] = { kind: 'streaming' }): AssistantMessageView => ({
  id,
  conversationId: testId(2),
  parentId: testId(3),
  createdAt: 0,
  siblings: { index: 0, count: 1, previousId: null, nextId: null },
  role: 'assistant',
  agentId: 'nunba',
  state,
  parts: text === '' ? [] : [{ kind: 'text', text }],
  provenance: null,
  timing: null,
});
const whole = (text: string, state?: AssistantMessageView['state']): ThreadItem => ({
  kind: 'message',
  index: 1,
  message: answer(text, state),
});
const delta = (offset: number, text: string): ThreadItem => ({ kind: 'delta', messageId: id, part: 0, offset, text });

const printed = (items: readonly ThreadItem[]): string => {
  const printer = createAnswerPrinter(id);
  return items.map((item) => printer.take(item).text).join('');
};

test('text is printed once, whether it comes in pieces or as a whole', () => {
  const items = [whole(''), whole('Hel'), delta(3, 'lo '), delta(6, 'there'), whole('Hello there.')];
  expect(printed(items)).toBe('Hello there.');
});

test('other messages and other conversations’ pieces are left out', () => {
  const other: ThreadItem = { kind: 'delta', messageId: testId(9), part: 0, offset: 0, text: 'No' };
  expect(printed([other, delta(0, 'too early'), whole('Yes')])).toBe('Yes');
});

test('the end is told with the message', () => {
  const printer = createAnswerPrinter(id);
  expect(printer.take(whole('A')).ended).toBeNull();
  const ended = printer.take(whole('AB', { kind: 'complete', reason: 'complete' }));
  expect([ended.text, ended.ended?.state.kind]).toEqual(['B', 'complete']);
});

test('however a text is cut, all of it is printed', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 20 }), fc.array(fc.boolean()), (pieces, wholes) => {
      let text = '';
      const items: ThreadItem[] = [whole('', { kind: 'queued' }), whole('\n')];
      text = '\n';
      for (const [index, piece] of pieces.entries()) {
        items.push(wholes[index] ? whole(text + piece) : delta(text.length, piece));
        text += piece;
      }
      expect(printed(items)).toBe(text);
    }),
  );
});
