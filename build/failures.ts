import { z } from 'zod';

/** A test that failed, for whoever reads the end of a long log. */
export interface FailedTest {
  /** File and titles. */
  readonly name: string;
  /** The first line of what went wrong; empty if the runner gave none. */
  readonly reason: string;
}

/** One line, which the CI repeats at its very end: `[failed] test/a.test.ts › adds: expected 1 to be 2`. */
export function describeFailure({ name, reason }: FailedTest): string {
  return `[failed] ${name}${reason === '' ? '' : `: ${reason}`}`;
}

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** What failed by Vitest's JSON report; a file that could not be run at all stands for itself. */
export function vitestFailures(report: unknown, root: string): readonly FailedTest[] {
  return vitestReport.parse(report).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = underRoot(name, root);
    if (status === 'failed' && assertionResults.length === 0) return [{ name: file, reason: firstLine(message) }];
    return assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => ({ name: `${file} › ${test.fullName}`, reason: firstLine(test.failureMessages?.[0]) }));
  });
}

interface Suite {
  readonly specs: readonly z.infer<typeof playwrightSpec>[];
  readonly suites?: readonly Suite[] | undefined;
}
const playwrightError = z.object({ message: z.string().optional() });
const playwrightSpec = z.object({
  file: z.string(),
  line: z.number(),
  title: z.string(),
  tests: z.array(z.object({ status: z.string(), results: z.array(z.object({ error: playwrightError.optional() })) })),
});
const playwrightSuite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec), suites: z.array(playwrightSuite).optional() }),
);
const playwrightReport = z.object({ suites: z.array(playwrightSuite), errors: z.array(playwrightError) });

/** What failed by Playwright's JSON report: tests, those that passed only when repeated, and errors outside of tests. */
export function playwrightFailures(report: unknown): readonly FailedTest[] {
  const { suites, errors } = playwrightReport.parse(report);
  return [
    ...suites.flatMap(specsOf).flatMap(({ file, line, title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) => ({
          name: `${file}:${line} › ${title}`,
          reason: firstLine(results.find(({ error }) => error)?.error?.message),
        })),
    ),
    ...errors.map(({ message }) => ({ name: 'outside of the tests', reason: firstLine(message) })),
  ];
}

function specsOf({ specs, suites = [] }: Suite): readonly z.infer<typeof playwrightSpec>[] {
  return [...specs, ...suites.flatMap(specsOf)];
}

const escapeCharacter = String.fromCharCode(27);
const colours = new RegExp(`${escapeCharacter}\\[[0-9;]*m`, 'g');

function firstLine(message: string | undefined): string {
  return (message ?? '').replaceAll(colours, '').trim().split('\n')[0]?.slice(0, 300) ?? '';
}

function underRoot(file: string, root: string): string {
  return file.startsWith(root) ? file.slice(root.length).replace(/^[\\/]/, '') : file;
}
