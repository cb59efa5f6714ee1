/** One round of the soak. */
export interface SoakRun {
  readonly number: number;
  /** ms per step, in the order in which they were taken. */
  readonly steps: Readonly<Record<string, number>>;
  /** What went wrong, or `null`. */
  readonly failure: string | null;
}

/** Where the soak ran. */
export interface SoakMachine {
  /** `electron`, or `stand-in`, whose times say nothing about Electron's. */
  readonly kind: string;
  readonly cores: number;
  /** ISO 8601. */
  readonly at: string;
}

/** The log of a soak as a page of Markdown: a table of all steps, then every run, then what failed. */
export function describeSoak(runs: readonly SoakRun[], { kind, cores, at }: SoakMachine): string {
  const names = [...new Set(runs.flatMap(({ steps }) => Object.keys(steps)))];
  const failed = runs.filter(({ failure }) => failure !== null);
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
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
    '',
  ].join('\n');
}

/** @param times sorted; @param share 0..1 */
function quantile(times: readonly number[], share: number): string {
  const time = times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return time === undefined ? '-' : String(Math.round(time));
}
