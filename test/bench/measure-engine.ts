import fs from 'node:fs';
import path from 'node:path';
import { fetchEnginePackages } from '../../build/engine/fetch-packages.ts';
import { defaultEngineLimits } from '../../node-core/agents/local/engine/engine-limits.ts';
import { EngineProcess } from '../../node-core/agents/local/engine/engine-process.ts';
import { forkChild } from '../../node-core/platform/fork-child.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import { installedEngine } from '../builders/installed-engine.ts';
import { writeTinyModel } from '../builders/tiny-gguf.ts';
import { temporaryFolder } from './spawn-node.ts';
import { type Measurement, median } from './statistics.ts';

const runs = 5;
const tokens = 400;
const never = new AbortController().signal;
const order = {
  kind: 'generate' as const,
  messages: [{ role: 'user' as const, text: 'Go on' }],
  tools: [],
  mostTokens: tokens,
  temperature: 0,
  topP: null,
  seed: 1,
};

/** What the engine for local models costs, with a model so small that hardly anything is computed. */
export async function measureEngine(): Promise<readonly Measurement[]> {
  await fetchEnginePackages(path.resolve(import.meta.dirname, '../..'));
  const installed = await installedEngine();
  const folder = temporaryFolder();
  const modelPath = path.join(folder, 'tiny.gguf');
  writeTinyModel(modelPath, { says: 'one two three four five six seven', ends: false, contextTokens: 2_048 });
  const found: OneRun[] = [];
  try {
    for (let run = 0; run < runs; run += 1) found.push(await measureOnce({ ...installed, modelPath }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  const of = (part: (run: OneRun) => number): number => median(found.map(part));
  const note = `tiny model, 1 thread, median of ${runs}`;
  return [
    { name: 'engine: start of its process', value: of((run) => run.startMs), unit: 'ms', budget: null, note },
    { name: 'engine: loaded and a model with it', value: of((run) => run.loadMs), unit: 'ms', budget: null, note },
    { name: 'engine: first token', value: of((run) => run.firstTokenMs), unit: 'ms', budget: null, note },
    { name: 'engine: tokens', value: of((run) => run.tokensPerSecond), unit: '/s', budget: null, note },
    { name: 'engine: stopped after it was asked to', value: of((run) => run.abortMs), unit: 'ms', budget: 100, note },
  ];
}

interface OneRun {
  readonly startMs: number;
  readonly loadMs: number;
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
  /** Until the engine itself has stopped and would answer again. */
  readonly abortMs: number;
}

async function measureOnce({ folder, modelPath }: { folder: string; modelPath: string }): Promise<OneRun> {
  const startedAtMs = performance.now();
  const child = forkChild('engine');
  await new Promise<void>((resolve) => child.onMessage(() => resolve()));
  const startMs = performance.now() - startedAtMs;
  const means = { clock: systemClock, limits: defaultEngineLimits, isMemoryShort: () => false, modelName: 'tiny' };
  const engine = new EngineProcess(child, means);
  try {
    const loadedFromMs = performance.now();
    await engine.load({
      kind: 'load',
      use: 'answers',
      folder,
      gpu: 'none',
      modelPath,
      mostContextTokens: 2_048,
      threads: 1,
    });
    const loadMs = performance.now() - loadedFromMs;
    const answer = await readAnswer(engine);
    return { startMs, loadMs, ...answer, abortMs: await measureStop(engine) };
  } finally {
    engine.end('crash');
  }
}

async function readAnswer(engine: EngineProcess): Promise<Pick<OneRun, 'firstTokenMs' | 'tokensPerSecond'>> {
  const askedAtMs = performance.now();
  let firstAtMs = 0;
  for await (const event of engine.run(order, never)) {
    if (firstAtMs === 0 && event.kind === 'text') firstAtMs = performance.now();
  }
  const seconds = (performance.now() - firstAtMs) / 1000;
  return { firstTokenMs: firstAtMs - askedAtMs, tokensPerSecond: tokens / seconds };
}

async function measureStop(engine: EngineProcess): Promise<number> {
  const stop = new AbortController();
  let askedAtMs = 0;
  try {
    for await (const _ of engine.run(order, stop.signal)) {
      askedAtMs = performance.now();
      stop.abort(new Error('stopped'));
    }
  } catch {
    // As it was asked to.
  }
  for await (const _ of engine.run({ ...order, mostTokens: 1 }, never)) break;
  return performance.now() - askedAtMs;
}
