import fs from 'node:fs';
import path from 'node:path';
import { fetchEnginePackages } from '../../build/engine/fetch-packages.ts';
import { openIndex } from '../../node-core/agents/knowledge/index/index-file.ts';
import { NearestPassages } from '../../node-core/agents/knowledge/index/nearest-passages.ts';
import { VectorStore } from '../../node-core/agents/knowledge/index/vector-store.ts';
import { embeddingEngineLimits } from '../../node-core/agents/local/engine/engine-limits.ts';
import { createEmbeddingEngine } from '../../node-core/agents/local/engine/local-engine.ts';
import { knowledgeLimits } from '../../node-core/api/knowledge-limits.ts';
import { forkChild } from '../../node-core/platform/fork-child.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import { installedEngine } from '../builders/installed-engine.ts';
import { writeTinyEmbeddingModel } from '../builders/tiny-embedding-gguf.ts';
import { temporaryFolder } from './spawn-node.ts';
import { type Measurement, median } from './statistics.ts';

const dimensions = 768;
const rounds = 9;
const model = 'bench';
const never = new AbortController().signal;

/** The search by meaning: a question among as many vectors as a collection may have, and passages through the engine. */
export async function measureMeaning(): Promise<readonly Measurement[]> {
  const folder = temporaryFolder();
  try {
    return [...(await measureNearest(folder)), ...(await measureEmbedding(folder))];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function measureNearest(folder: string): Promise<readonly Measurement[]> {
  const index = openIndex(path.join(folder, 'index.db'));
  try {
    const random = randomBytes();
    const vector = (): Int8Array => Int8Array.from({ length: dimensions }, random);
    const store = new VectorStore(index.writing, index.reading);
    fill(index.writing, knowledgeLimits.meanings);
    for (let from = 1; from <= knowledgeLimits.meanings; from += 1_000) {
      const batch = Array.from({ length: 1_000 }, (_, at) => from + at);
      store.put(
        model,
        batch.map((passage) => ({ passage, stamp: store.stampOf(passage) ?? '', vector: vector() })),
      );
    }
    const times: number[] = [];
    let firstMs = 0;
    const nearest = new NearestPassages(store);
    for (let round = 0; round <= rounds; round += 1) {
      const question = vector();
      const started = performance.now();
      await nearest.find([1], model, question);
      if (round === 0) firstMs = performance.now() - started;
      else times.push(performance.now() - started);
    }
    const note = `${knowledgeLimits.meanings} vectors of ${dimensions} numbers`;
    return [
      { name: 'meaning: first question, from the disk', value: firstMs, unit: 'ms', budget: null, note },
      {
        name: 'meaning: question',
        value: median(times),
        unit: 'ms',
        budget: null,
        note: `${note}, median of ${rounds}`,
      },
    ];
  } finally {
    index.close();
  }
}

/** One file with as many passages. */
function fill(raw: ReturnType<typeof openIndex>['writing'], passages: number): void {
  raw.transaction(() => {
    raw.prepare("INSERT INTO roots (id) VALUES ('R')").run();
    raw.prepare("INSERT INTO files VALUES (1, 1, 'a.txt', 1, 1, x'00', 'plain', NULL, 1, ?)").run(passages);
    const add = raw.prepare('INSERT INTO passages VALUES (?, 1, 1, ?, 1)');
    for (let passage = 1; passage <= passages; passage += 1) add.run(passage, passage);
  })();
}

async function measureEmbedding(folder: string): Promise<readonly Measurement[]> {
  await fetchEnginePackages(path.resolve(import.meta.dirname, '../..'));
  const file = path.join(folder, 'meaning.gguf');
  const sizeBytes = writeTinyEmbeddingModel(file, { meanings: [['car', 'automobile'], ['red']], contextTokens: 1_024 });
  const installed = await installedEngine();
  const engine = createEmbeddingEngine({
    fork: (program, options) => forkChild(program, options),
    clock: systemClock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    installed: () => installed,
    isMemoryShort: () => false,
    environment: {},
    limits: { ...embeddingEngineLimits, threads: 1 },
  });
  const tiny = { id: 'tiny', name: 'Tiny', path: file, sizeBytes, contextTokens: 1_024, isThere: true };
  const run = async (texts: readonly string[]): Promise<number> => {
    const started = performance.now();
    for await (const _ of engine.embed(tiny, texts, never));
    return performance.now() - started;
  };
  try {
    const firstMs = await run(['red car']);
    const texts = Array.from({ length: 64 }, () => 'the automobile is red '.repeat(80));
    const ms = median([await run(texts), await run(texts), await run(texts)]);
    const question = median(await sequence(rounds, () => run(['red car'])));
    const note = 'tiny model, 1 thread';
    return [
      { name: 'meaning: first question, with the start of the engine', value: firstMs, unit: 'ms', budget: null, note },
      { name: 'meaning: vector of a question', value: question, unit: 'ms', budget: null, note },
      {
        name: 'meaning: passages read',
        value: (64 * 1000) / ms,
        unit: '/s',
        budget: null,
        note: `${note}, 1,760 characters each; a real model takes far longer`,
      },
    ];
  } finally {
    engine.stop();
  }
}

async function sequence(count: number, work: () => Promise<number>): Promise<readonly number[]> {
  const found: number[] = [];
  for (let at = 0; at < count; at += 1) found.push(await work());
  return found;
}

/** Numbers from -127 to 127; the same in every run. */
function randomBytes(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 24) - 127 > 127 ? 127 : (state >>> 24) - 127;
  };
}
