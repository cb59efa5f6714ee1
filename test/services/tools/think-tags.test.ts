import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Stretch, ThinkTags } from '../../../node-core/agents/loop/think-tags.ts';

const joined = (stretches: readonly Stretch[]): { text: string; reasoning: string } => ({
  text: stretches.map(({ kind, text }) => (kind === 'text' ? text : '')).join(''),
  reasoning: stretches.map(({ kind, text }) => (kind === 'reasoning' ? text : '')).join(''),
});

const split = (pieces: readonly string[]): { text: string; reasoning: string } => {
  const tags = new ThinkTags();
  return joined([...pieces.flatMap((piece) => tags.push(piece)), ...tags.end()]);
};

describe('ThinkTags', () => {
  it.each([
    ['<think>so</think>\n\nAnswer', 'Answer', 'so'],
    ['\n <think>\nso\n</think>Answer', 'Answer', '\nso\n'],
    ['<think></think>Answer', 'Answer', ''],
    ['<think>never ends', '', 'never ends'],
    ['<think>half a tag </thi', '', 'half a tag </thi'],
    ['No thoughts', 'No thoughts', ''],
    ['The tag <think>x</think> is mine', 'The tag <think>x</think> is mine', ''],
    ['<think>a</think><think>b</think>', '<think>b</think>', 'a'],
    ['<thinking about it', '<thinking about it', ''],
    ['<th', '<th', ''],
    ['  ', '  ', ''],
    ['', '', ''],
  ])('splits %j', (answer, text, reasoning) => {
    expect(split([answer])).toEqual({ text, reasoning });
  });

  it('says the same however the answer is cut', () => {
    const answer = fc
      .array(fc.constantFrom('<think>', '</think>', '<', 'think>', '</', '\n', ' ', 'word', '>'), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(answer, fc.array(fc.nat(80), { maxLength: 10 }), (whole, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((to, index) => whole.slice(places[index], to));
        expect(split(pieces)).toEqual(split([whole]));
      }),
      { numRuns: 1000 },
    );
  });
});
