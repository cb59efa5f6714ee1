import { expect, test } from 'vitest';
import { wordsOf } from '../../../renderer/features/local-models/words-of.ts';

test.each([
  [16_384, 12_000],
  [32_768, 25_000],
  [131_072, 100_000],
  [1_300, 1_000],
  [512, 300],
  [1, 100],
])('%i tokens are about %i words', (tokens, words) => {
  expect(wordsOf(tokens)).toBe(words);
});
