/** What the bench says of a series of measurements. */

/** The value below which `share` (0..1) of the sorted values lie; nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** One line of the table. `budget` is `null` where the design sets none; with `isFloor` the value may not be below it. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'x' | 'rows' | 's' | '/s';
  readonly budget: number | null;
  readonly isFloor?: boolean;
  /** What it was compared with, and over how many runs. */
  readonly note: string;
}

export function isWithin({ value, budget, isFloor = false }: Measurement): boolean | null {
  if (budget === null) return null;
  return isFloor ? value >= budget : value <= budget;
}

/** A Markdown table for the README. */
export function table(measurements: readonly Measurement[]): string {
  const digits = (n: number): string => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2));
  const verdict = { true: 'yes', false: '**no**', null: '' };
  const rows = measurements.map(
    (m) =>
      `| ${m.name} | ${digits(m.value)} ${m.unit} | ${m.budget === null ? '' : `${m.isFloor ? '≥' : '≤'} ${digits(m.budget)} ${m.unit}`} | ${verdict[String(isWithin(m)) as 'true']} | ${m.note} |`,
  );
  return ['| what | measured | budget | within | how |', '|---|---|---|---|---|', ...rows].join('\n');
}
