import { describeTotals, type Totals } from '../../../build/totals.ts';
import type { SpecTime } from './spec-times.ts';

/** One round of the soak. */
export interface SoakRun {
  readonly number: number;
  /** ms per step, in the order in which they were taken. */
  readonly steps: Readonly<Record<string, number>>;
  /** What went wrong, or `null`. */
  readonly failure: string | null;
}

/** All desktop specs, run once. */
export interface SuiteRun {
  readonly number: number;
  readonly totals: Totals;
  readonly ms: number;
  readonly specs: readonly SpecTime[];
}

/** Where the soak ran. */
export interface SoakMachine {
  /** `electron`, or `stand-in`, whose times say nothing about Electron's. */
  readonly kind: string;
  readonly cores: number;
  /** ISO 8601. */
  readonly at: string;
}

/** What a soak came to. */
export interface Soak {
  readonly runs: readonly SoakRun[];
  readonly suites: readonly SuiteRun[];
  readonly machine: SoakMachine;
}

/** The log of a soak as a page of Markdown: a table of all steps, then every run, what failed, and the suites. */
export function describeSoak({ runs, suites, machine }: Soak): string {
  return [...describeRuns(runs, machine), ...describeSuites(suites), ''].join('\n');
}

function describeRuns(runs: readonly SoakRun[], { kind, cores, at }: SoakMachine): readonly string[] {
  const names = [...new Set(runs.flatMap(({ steps }) => Object.keys(steps)))];
  const failed = runs.filter(({ failure }) => failure !== null);
  const overall = names.map((name) => {
    const times = runs.flatMap(({ steps }) => steps[name] ?? []).sort((a, b) => a - b);
    return row([name, quantile(times, 0), quantile(times, 0.5), quantile(times, 0.95), quantile(times, 1)]);
  });
  const each = runs.map(({ number, steps, failure }) =>
    row([
      number,
      ...names.map((name) => (steps[name] === undefined ? '-' : Math.round(steps[name]))),
      failure ? 'failed' : 'well',
    ]),
  );
  return [
    '# Soak of the desktop app',
    '',
    `${runs.length} runs, ${failed.length} failed; on the ${kind}, ${cores} cores, ${at}. Written by \`npm run test:desktop:soak\`.`,
    ...(kind === 'stand-in' ? ['Times of the stand-in say nothing about those of Electron.'] : []),
    '',
    row(['step', 'least ms', 'median ms', '95 % ms', 'most ms']),
    row(['---', '---:', '---:', '---:', '---:']),
    ...overall,
    '',
    row(['run', ...names, 'outcome']),
    row(['---:', ...names.map(() => '---:'), '---']),
    ...each,
    ...failed.flatMap(({ number, failure }) => ['', `Run ${number} ${failure}`]),
  ];
}

/** A table of the suites, then one of every test in each of them. */
function describeSuites(suites: readonly SuiteRun[]): readonly string[] {
  if (suites.length === 0) return [];
  const names = [...new Set(suites.flatMap(({ specs }) => specs.map(({ name }) => name)))];
  const timeOf = ({ specs }: SuiteRun, name: string): string => {
    const found = specs.find((spec) => spec.name === name);
    return found ? String(Math.round(found.ms)) : '-';
  };
  return [
    '',
    `## The whole desktop suite, ${suites.length} times`,
    '',
    row(['suite', 'seconds', 'outcome']),
    row(['---:', '---:', '---']),
    ...suites.map(({ number, ms, totals }) => row([number, Math.round(ms / 1000), describeTotals(totals)])),
    '',
    row(['test, ms', ...suites.map(({ number }) => number)]),
    row(['---', ...suites.map(() => '---:')]),
    ...names.map((name) => row([name, ...suites.map((suite) => timeOf(suite, name))])),
  ];
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** @param times sorted; @param share 0..1 */
function quantile(times: readonly number[], share: number): string {
  const time = times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return time === undefined ? '-' : String(Math.round(time));
}
