import { expect, test } from 'vitest';
import {
  addTotals,
  describeTotals,
  judgeRun,
  noTotals,
  playwrightTotals,
  vitestTotals,
} from '../../../build/totals.ts';

test('totals are one plain line', () => {
  expect(describeTotals({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(describeTotals({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
});

test('several runners are one', () => {
  expect(addTotals([{ passed: 1, failed: 2, skipped: 3 }, noTotals, { passed: 10, failed: 20, skipped: 30 }])).toEqual({
    passed: 11,
    failed: 22,
    skipped: 33,
  });
});

test("Vitest's report: a file that could not be run is a failure", () => {
  const testResults = [
    { status: 'passed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [{}, {}] },
    { status: 'failed', assertionResults: [] },
  ];
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults };
  expect(vitestTotals(report)).toEqual({ passed: 5, failed: 2, skipped: 3 });
  expect(() => vitestTotals({})).toThrow();
});

test("Playwright's report: flaky tests and errors outside tests are failures", () => {
  const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
  expect(playwrightTotals(report)).toEqual({ passed: 4, failed: 3, skipped: 2 });
});

test.each([
  ['all passed', { passed: 3, failed: 0, skipped: 1 }, 0, { passed: 3, failed: 0, skipped: 1 }],
  ['some failed', { passed: 3, failed: 2, skipped: 0 }, 1, { passed: 3, failed: 2, skipped: 0 }],
  ['an error outside of tests', { passed: 3, failed: 0, skipped: 0 }, 1, { passed: 3, failed: 1, skipped: 0 }],
  ['no report', null, 0, { passed: 0, failed: 1, skipped: 0 }],
  ['nothing was run', { passed: 0, failed: 0, skipped: 4 }, 0, { passed: 0, failed: 1, skipped: 4 }],
])('a run is judged by its report and its exit code: %s', (_, totals, exitCode, judged) => {
  expect(judgeRun(totals, exitCode)).toEqual(judged);
});
