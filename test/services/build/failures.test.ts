import { expect, test } from 'vitest';
import { describeFailure, playwrightFailures, vitestFailures } from '../../../build/failures.ts';

test('a failure is one line', () => {
  expect(describeFailure({ name: 'a.test.ts › adds', reason: 'expected 1 to be 2' })).toBe(
    '[failed] a.test.ts › adds: expected 1 to be 2',
  );
  expect(describeFailure({ name: 'check › types', reason: '' })).toBe('[failed] check › types');
});

test("Vitest's report: failed tests with the first line of why, and files that could not be run", () => {
  const report = {
    testResults: [
      {
        name: '/home/me/nunba/test/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { fullName: 'adds one', status: 'passed', failureMessages: [] },
          {
            fullName: 'adds two',
            status: 'failed',
            failureMessages: ['\u001b[31mAssertionError: 1\u001b[39m\n  at a'],
          },
          { fullName: 'adds three', status: 'pending' },
        ],
      },
      { name: '/elsewhere/b.test.ts', status: 'failed', message: 'No such module\nat b', assertionResults: [] },
      { name: '/home/me/nunba/test/c.test.ts', status: 'passed', assertionResults: [] },
    ],
  };
  expect(vitestFailures(report, '/home/me/nunba')).toEqual([
    { name: 'test/a.test.ts › adds two', reason: 'AssertionError: 1' },
    { name: '/elsewhere/b.test.ts', reason: 'No such module' },
  ]);
});

test("Playwright's report: failed and flaky tests in suites within suites, and errors outside of tests", () => {
  const spec = (title: string, status: string, results: readonly unknown[]) => ({
    file: 'a.spec.ts',
    line: 7,
    title,
    tests: [{ status, results }],
  });
  const report = {
    suites: [
      {
        specs: [spec('opens', 'expected', [{}]), spec('closes', 'unexpected', [{ error: { message: 'no\nlonger' } }])],
        suites: [{ specs: [spec('again', 'flaky', [{ error: { message: 'once' } }, {}])] }],
      },
    ],
    errors: [{ message: 'no browser' }],
  };
  expect(playwrightFailures(report)).toEqual([
    { name: 'a.spec.ts:7 › closes', reason: 'no' },
    { name: 'a.spec.ts:7 › again', reason: 'once' },
    { name: 'outside of the tests', reason: 'no browser' },
  ]);
});
