import { expect, test } from 'vitest';
import { messageSpeed } from '../../../renderer/features/chat/message/message-times.ts';

const timing = { firstTokenMs: 500, durationMs: 2_500, inputTokens: 10, outputTokens: 80 };

test('tokens per second count from the first token', () => {
  expect(messageSpeed(timing)).toEqual({ firstTokenSeconds: 0.5, tokensPerSecond: 40 });
});

test.each([
  ['no timing', null, { firstTokenSeconds: null, tokensPerSecond: null }],
  ['no count', { ...timing, outputTokens: null }, { firstTokenSeconds: 0.5, tokensPerSecond: null }],
  ['no token', { ...timing, firstTokenMs: null, outputTokens: 0 }, { firstTokenSeconds: null, tokensPerSecond: 0 }],
  ['no time', { ...timing, durationMs: 510 }, { firstTokenSeconds: 0.5, tokensPerSecond: null }],
])('with %s it claims nothing', (_, given, expected) => {
  expect(messageSpeed(given)).toEqual(expected);
});
