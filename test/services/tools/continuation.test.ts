import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continuationPrompt, Joiner, tailOf } from '../../../node-core/agents/loop/continuation.ts';

const join = (partial: string, pieces: readonly string[]): string => {
  const joiner = new Joiner(partial);
  return pieces.map((piece) => joiner.push(piece)).join('') + joiner.end();
};

describe('continuationPrompt', () => {
  it('asks for the last words of the last line', () => {
    expect(continuationPrompt('Dear all,\n\nThis breaks off in the')).toContain('"This breaks off in the"');
    expect(tailOf(`${'word '.repeat(40)}end`)).toBe('word word word word word word word word word word word end');
  });
});

describe('Joiner', () => {
  it.each([
    ['repeats what it was asked to', 'It breaks off in the', ['It breaks off in the', ' middle.'], ' middle.'],
    ['goes on within a word', 'It is extra', ['It is extraordinary'], 'ordinary'],
    ['repeats after dots', 'It breaks off', ['...It breaks off here'], ' here'],
    ['repeats after white space', 'It breaks off', ['\n\nIt breaks off here'], ' here'],
    ['does not repeat', 'It breaks off in the', ['middle of it'], ' middle of it'],
    ['does not repeat after a full stop', 'First.', ['Second.'], ' Second.'],
    ['begins a paragraph', 'First.', ['\n\nSecond.'], '\n\nSecond.'],
    ['repeats only a part', 'It breaks off in the', ['It breaks'], ' It breaks'],
    ['has nothing to add', 'It is done.', ['It is done.'], ''],
    ['follows a line that was ended', 'One\nTwo\n', ['Two\nThree'], 'Three'],
    ['has nothing to join', '', ['It ', 'begins'], 'It begins'],
  ])('when the model %s', (_what, partial, pieces, expected) => {
    expect(join(partial, pieces)).toBe(expected);
  });

  it('adds exactly what follows the repetition, however it is cut', () => {
    const words = fc
      .array(fc.stringMatching(/^[a-z,.]{1,8}$/), { minLength: 1, maxLength: 30 })
      .map((all) => all.join(' '));
    fc.assert(
      fc.property(words, fc.string(), fc.array(fc.nat(200), { maxLength: 6 }), (partial, rest, cuts) => {
        const whole = `${tailOf(partial)}${rest}`;
        const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
        expect(
          join(
            partial,
            places.slice(1).map((to, index) => whole.slice(places[index], to)),
          ),
        ).toBe(rest);
      }),
    );
  });
});
