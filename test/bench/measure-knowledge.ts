import fs from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '../../node-core/api/client.ts';
import type { CollectionView, KnowledgeView } from '../../node-core/api/knowledge-views.ts';
import { createNode } from '../../node-core/node.ts';
import { descendants } from './processes.ts';
import { composedNode } from './seed.ts';
import { temporaryFolder } from './spawn-node.ts';
import { type Measurement, percentile } from './statistics.ts';

/** What the design asks for: 10,000 files of 100 kB. A smaller share of it is measured with NUNBA_BENCH_FILES. */
const filesCount = Number(process.env.NUNBA_BENCH_FILES ?? 10_000);
const fileBytes = 100_000;
const vocabularySize = 60_000;

const queries: readonly string[] = [
  'kaba', // stands in nearly every passage
  'kaba kabe', // two of those
  'marker4711', // once
  'marker99 kaba',
  'marker1', // the beginning of many words, as it is typed
  'sorudela tilanore', // rare ones
  'phrase of the file',
  'nothingholdsthis',
];
const rounds = 40;

/** Knowledge at its full size: indexing by the child, queries, one changed file, and a start with everything read. */
export async function measureKnowledge(): Promise<readonly Measurement[]> {
  const corpus = temporaryFolder();
  const dataFolder = temporaryFolder();
  try {
    writeCorpus(corpus);
    const first = await measureFirst(dataFolder, corpus);
    return [...first, await measureStart(dataFolder)];
  } finally {
    for (const folder of [corpus, dataFolder]) fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function measureFirst(dataFolder: string, corpus: string): Promise<readonly Measurement[]> {
  const { config, host } = composedNode(dataFolder, null);
  const node = await createNode(config, host);
  const client = await node.client();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  try {
    delay.enable();
    const started = performance.now();
    const watched = watch(client);
    const { id } = await client.call('knowledge.create', { name: 'Bench', path: corpus });
    await client.call('knowledge.update', { id, mostFiles: filesCount, mostBytes: 2 * 1024 ** 3 });
    const ready = await watched.until(({ state, files }) => state.kind === 'ready' && files === filesCount);
    const seconds = (performance.now() - started) / 1000;
    delay.disable();
    const indexer = descendants(process.pid).find(({ command }) => command.includes('indexer'))?.pid ?? 0;
    const size = `${filesCount} files, ${Math.round(ready.bytes / 1e6)} MB of text`;
    return [
      { name: 'knowledge: first indexing', value: seconds, unit: 's', budget: null, note: size },
      { name: 'knowledge: text per second', value: ready.bytes / 1e6 / seconds, unit: 'MB', budget: null, note: size },
      {
        name: 'knowledge: index on the disk',
        value: watched.view().indexBytes / 1e6,
        unit: 'MB',
        budget: null,
        note: `${Math.round((100 * watched.view().indexBytes) / ready.bytes)} % of the text, which it does not hold`,
      },
      {
        name: 'knowledge: most memory of the indexer',
        value: peakMegabytes(indexer),
        unit: 'MB',
        budget: null,
        note: 'VmHWM',
      },
      {
        name: 'knowledge: delay of the node’s event loop meanwhile, p99',
        value: delay.percentile(99) / 1e6,
        unit: 'ms',
        budget: 50,
        note: `timer of 5 ms included; longest ${Math.round(delay.max / 1e6)} ms`,
      },
      ...(await measureQueries(client)),
      await measureChange(client, corpus),
    ];
  } finally {
    client.close();
    await node.stop();
  }
}

async function measureQueries(client: Client): Promise<readonly Measurement[]> {
  const ask = (query: string) =>
    client.call('knowledge.search', { collectionId: null, query, limit: 10, byMeaning: false });
  for (const query of queries) await ask(query);
  const times: number[] = [];
  const slowest = { query: '', ms: 0 };
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queries) {
      const started = performance.now();
      await ask(query);
      const ms = performance.now() - started;
      times.push(ms);
      if (ms > slowest.ms) Object.assign(slowest, { query, ms });
    }
  }
  const note = `${times.length} queries (common, rare, beginning of a word, none), slowest “${slowest.query}”`;
  return [
    { name: 'knowledge: query, p50', value: percentile(times, 0.5), unit: 'ms', budget: null, note },
    { name: 'knowledge: query, p99', value: percentile(times, 0.99), unit: 'ms', budget: null, note },
  ];
}

async function measureChange(client: Client, corpus: string): Promise<Measurement> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const word = `changed${round}word`;
    const started = performance.now();
    fs.appendFileSync(fileAt(corpus, round * 7), `\n${word}\n`);
    for (;;) {
      const { hits } = await client.call('knowledge.search', {
        collectionId: null,
        query: word,
        limit: 1,
        byMeaning: false,
      });
      if (hits.length > 0) break;
      await wait(10);
    }
    times.push(performance.now() - started);
  }
  const note = 'from its write until it is found, 300 ms of quiet included; median of 5';
  return { name: 'knowledge: one changed file', value: percentile(times, 0.5), unit: 'ms', budget: null, note };
}

async function measureStart(dataFolder: string): Promise<Measurement> {
  const { config, host } = composedNode(dataFolder, null);
  const started = performance.now();
  const node = await createNode(config, host);
  const client = await node.client();
  try {
    await watch(client).until(({ state }) => state.kind === 'ready');
    const note = 'nothing had changed; every file is looked at, none is read';
    const value = performance.now() - started;
    return { name: 'knowledge: start until it is up to date', value, unit: 'ms', budget: null, note };
  } finally {
    client.close();
    await node.stop();
  }
}

function watch(client: Client) {
  const seen: { view: KnowledgeView } = {
    view: { collections: [], indexBytes: 0, rebuiltAt: null, meaning: { model: null, failure: null } },
  };
  client.watch(
    'knowledge.watch',
    {},
    {
      next: (view) => {
        seen.view = view;
      },
    },
  );
  return {
    view: () => seen.view,
    async until(isWanted: (collection: CollectionView) => boolean): Promise<CollectionView> {
      for (;;) {
        const collection = seen.view.collections[0];
        if (collection && isWanted(collection)) return collection;
        if (collection?.state.kind === 'failed') throw new Error(`indexing failed: ${collection.state.reason}`);
        await wait(50);
      }
    },
  };
}

const fileAt = (corpus: string, index: number): string =>
  path.join(corpus, `folder${index % 100}`, `part${Math.floor(index / 100) % 10}`, `file${index}.txt`);

/** Words as often as in a language (Zipf), with a word of its own in the middle of each file; the same in every run. */
function writeCorpus(corpus: string): void {
  const words = Array.from({ length: vocabularySize }, (_, rank) => spelled(rank));
  let state = 42;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let index = 0; index < filesCount; index += 1) {
    const lines: string[] = [];
    for (let chars = 0; chars < fileBytes; ) {
      const line = Array.from(
        { length: 6 + Math.floor(random() * 9) },
        () => words[Math.floor((vocabularySize + 1) ** random()) - 1],
      );
      lines.push(line.join(' '));
      chars += (lines.at(-1)?.length ?? 0) + 1;
    }
    lines[lines.length >> 1] = `The phrase of the file is marker${index}.`;
    const file = fileAt(corpus, index);
    if (index < 1000) fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${lines.join('\n')}\n`);
  }
}

const syllables = ['ka', 'so', 'ti', 're', 'mu', 'la', 'no', 'de', 'ru', 'fi', 'ba', 'be', 'go', 'pe', 'vi', 'ze'];

function spelled(rank: number): string {
  let word = '';
  for (let rest = rank + 16; rest > 0; rest = Math.floor(rest / 16)) word += syllables[rest % 16];
  return word;
}

/** Most memory that a process ever held, MB. Linux only; NaN elsewhere. */
function peakMegabytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
