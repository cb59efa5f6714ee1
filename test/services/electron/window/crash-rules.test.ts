import { expect, test } from 'vitest';
import { createRepeatRule, drawsInSoftware, isCrash } from '../../../../electron/window/crash-rules.ts';

test.each([
  ['once', [0], [false]],
  ['twice at once', [0, 1], [false, true]],
  ['twice within the time', [5, 1_004], [false, true]],
  ['twice, the time between them', [5, 1_005], [false, false]],
  ['again and again', [0, 900, 1_800, 5_000], [false, true, true, false]],
])('%s', (_name, times, expected) => {
  const isRepeated = createRepeatRule(1_000);
  expect(times.map(isRepeated)).toEqual(expected);
});

test.each([
  ['clean-exit', false],
  ['crashed', true],
  ['killed', true],
  ['oom', true],
  ['launch-failed', true],
])('a process that is gone by %s crashed: %s', (reason, expected) => {
  expect(isCrash(reason)).toBe(expected);
});

test.each([
  [null, '0.1.0', false],
  ['0.1.0', '0.1.0', true],
  ['0.1.0', '0.2.0', false],
])('where graphics failed in %s, version %s draws in software: %s', (failed, version, expected) => {
  expect(drawsInSoftware(failed, version)).toBe(expected);
});
