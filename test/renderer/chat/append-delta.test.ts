import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ThreadItem } from '../../../node-core/api/conversation-views.ts';
import { appendDelta } from '../../../renderer/features/chat/thread/append-delta.ts';
import { assistantMessage, userMessage } from '../../builders/thread-views.ts';

type Delta = Extract<ThreadItem, { kind: 'delta' }>;

const answer = (text: string) => assistantMessage({ parts: [{ kind: 'text', text }] });
const delta = (offset: number, text: string, part = 0): Delta => ({
  kind: 'delta',
  messageId: answer('').id,
  part,
  offset,
  text,
});

test.each([
  ['continues', 3, 'def', { kind: 'longer', message: answer('abcdef') }],
  ['overlaps', 1, 'bcd', { kind: 'longer', message: answer('abcd') }],
  ['is known already', 0, 'abc', { kind: 'same' }],
  ['misses a piece', 4, 'e', { kind: 'gap' }],
])('a delta that %s', (_, offset, text, expected) => {
  expect(appendDelta(answer('abc'), delta(offset, text))).toEqual(expected);
});

test('offsets count UTF-16 units', () => {
  expect(appendDelta(answer('🙂'), delta(2, '!'))).toEqual({ kind: 'longer', message: answer('🙂!') });
});

test.each([
  ['a prompt', userMessage(), 0],
  ['a part that is not there', answer('abc'), 1],
  ['a part without text', assistantMessage({ parts: [{ kind: 'citations', citations: [] }] }), 0],
])('%s takes no delta', (_, message, part) => {
  expect(appendDelta(message, delta(0, 'x', part))).toEqual({ kind: 'gap' });
});

test('pieces that overlap by any amount give the whole text', () => {
  const cuts = fc.array(fc.tuple(fc.nat(20), fc.nat(10)), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), cuts, (text, steps) => {
      let message = answer('');
      let known = 0;
      for (const [length, back] of [...steps, [text.length, 0] as const]) {
        const from = Math.max(0, known - back);
        const until = Math.min(text.length, known + length);
        const appended = appendDelta(message, delta(from, text.slice(from, until)));
        expect(appended.kind).not.toBe('gap');
        if (appended.kind === 'longer' && appended.message.role === 'assistant') message = appended.message;
        known = Math.max(known, until);
      }
      expect(message.parts).toEqual([{ kind: 'text', text }]);
    }),
  );
});
