import { z } from 'zod';

/** How long one test of a suite took. */
export interface SpecTime {
  /** File and title. */
  readonly name: string;
  readonly ms: number;
}

const suite = z.object({
  get suites() {
    return z.array(suite).optional();
  },
  file: z.string(),
  specs: z.array(
    z.object({
      title: z.string(),
      tests: z.array(z.object({ results: z.array(z.object({ duration: z.number() })) })),
    }),
  ),
});
const playwrightReport = z.object({ suites: z.array(suite) });

/** The tests of Playwright's JSON report with their durations, tries of the same test added up. */
export function readSpecTimes(report: unknown): readonly SpecTime[] {
  return playwrightReport.parse(report).suites.flatMap(timesOf);
}

function timesOf({ file, specs, suites }: z.infer<typeof suite>): readonly SpecTime[] {
  const own = specs.map(({ title, tests }) => ({
    name: `${file}: ${title}`,
    ms: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
  }));
  return [...own, ...(suites ?? []).flatMap(timesOf)];
}
