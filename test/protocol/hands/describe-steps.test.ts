import { expect, test } from 'vitest';
import { describeSteps, type KnownStep } from '../../../node-core/protocol/hands/describe-steps.ts';

const move = (number: number, state: KnownStep['state']): KnownStep => ({
  effect: { kind: 'move', from: `/in/${number}`, to: `/out/${number}` },
  state,
});

test.each<[string, readonly KnownStep[], string]>([
  ['nothing was begun', [], 'It was allowed, but it ended before its first step: nothing was done.'],
  ['its first step did not happen', [move(1, 'not-done')], 'It ended in the middle. Nothing of it was done.'],
  [
    'some steps happened',
    [move(1, 'done'), move(2, 'not-done')],
    'It ended in the middle. Done: moved /in/1 to /out/1. What is not named here and comes after was not begun. Do not do again what is done.',
  ],
  [
    'a command that nobody can look at again',
    [{ effect: { kind: 'outside', what: 'ran `make`' }, state: 'unknown' }],
    'It ended in the middle. Nothing of it was done. Whether this was done is not known, so look before you do it again: ran `make`.',
  ],
])('%s', (_name, steps, sentence) => {
  expect(describeSteps(steps)).toBe(sentence);
});

test('of two hundred steps the last are named, and the others counted', () => {
  const said = describeSteps(Array.from({ length: 200 }, (_, index) => move(index + 1, 'done')));
  expect(said).toContain('Done: 192 steps before, and then moved /in/193 to /out/193;');
  expect(said).toContain('moved /in/200 to /out/200.');
  expect(said.length).toBeLessThanOrEqual(1800);
});
