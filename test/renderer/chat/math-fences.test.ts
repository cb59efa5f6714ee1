import { expect, test } from 'vitest';
import { hasMath, withMathFences } from '../../../renderer/features/chat/markdown/math-fences.ts';

test.each([
  ['It costs $5 and $10.', false],
  ['$$x^2$$', true],
  ['\\(x\\)', true],
  ['\\[x\\]', true],
])('%s has a formula: %s', (text, expected) => {
  expect(hasMath(text)).toBe(expected);
});

test.each([
  ['a \\(x + 1\\) b', 'a $$x + 1$$ b'],
  ['\\[\nx\n\\]', '\n\n$$\nx\n$$\n\n'],
  ['$$x$$', '$$x$$'],
  ['`\\(x\\)` and \\(y\\)', '`\\(x\\)` and $$y$$'],
  ['```tex\n\\[x\\]\n```', '```tex\n\\[x\\]\n```'],
  ['```tex\n\\[x\\] still open', '```tex\n\\[x\\] still open'],
])('%j becomes %j', (text, expected) => {
  expect(withMathFences(text)).toBe(expected);
});
