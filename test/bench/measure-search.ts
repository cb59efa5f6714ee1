import { type Measurement, percentile } from './statistics.ts';

/** Asks one query and says how many hits came. */
type Ask = (query: string) => Promise<number>;

const queries: readonly string[] = [
  'the', // stands in every message
  'ni', // the beginning of many words
  'harbour',
  'harb',
  'night train',
  'rareword4711',
  'rareword99',
  'lantern harbour',
  'zzz nothing',
];
const rounds = 60;

/** Search in 100,000 messages, each query asked over and over in turn. */
export async function measureSearch(ask: Ask): Promise<readonly Measurement[]> {
  for (const query of queries) await ask(query);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queries) {
      const started = performance.now();
      await ask(query);
      times.push(performance.now() - started);
    }
  }
  const note = `${times.length} queries (common, rare, prefix, two words, none), through the contract in process`;
  return [
    { name: 'search in 100,000 messages, p50', value: percentile(times, 0.5), unit: 'ms', budget: 1, note },
    { name: 'search in 100,000 messages, p99', value: percentile(times, 0.99), unit: 'ms', budget: 10, note },
  ];
}
