import path from 'node:path';
import { onTestFinished } from 'vitest';
import { defaultEngineLimits, type EngineLimits } from '../../node-core/agents/local/engine/engine-limits.ts';
import type { EngineEvent, GenerateOrder } from '../../node-core/agents/local/engine/engine-messages.ts';
import {
  createEmbeddingEngine,
  createLocalEngine,
  type EmbeddingEngine,
  type LocalEngine,
  type LocalEngineOptions,
} from '../../node-core/agents/local/engine/local-engine.ts';
import { forkChild } from '../../node-core/platform/fork-child.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import type { Clock } from '../../node-core/protocol/ports/clock.ts';
import type { ForkedChild } from '../../node-core/protocol/ports/host.ts';
import type { LocalModelFile } from '../../node-core/protocol/ports/local-models.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { installedEngine } from './installed-engine.ts';
import { tempFolder } from './temp-folder.ts';
import { type TinyEmbeddingModel, writeTinyEmbeddingModel } from './tiny-embedding-gguf.ts';
import { type TinyModel, writeTinyModel } from './tiny-gguf.ts';

/** What the tiny model of most tests says. */
export const tinySentence = 'Good morning from a very small model that runs on this computer.';

/** Writes a tiny model into a folder of the present test. */
export function tinyModelFile(changes: Partial<TinyModel> = {}): LocalModelFile {
  const file = path.join(tempFolder(), 'tiny.gguf');
  const model = { says: tinySentence, ends: true, contextTokens: 2_048, ...changes };
  const sizeBytes = writeTinyModel(file, model);
  const { contextTokens } = model;
  return { id: 'tiny', name: 'Tiny', path: file, sizeBytes, contextTokens, isThere: true };
}

/** Words of the tiny model for embeddings of most tests that mean the same. */
export const tinyMeanings = [['car', 'automobile'], ['red'], ['cat', 'cats', 'kitten'], ['milk'], ['house', 'home']];

/** Writes a tiny model for embeddings into a folder of the present test. */
export function tinyEmbeddingFile(changes: Partial<TinyEmbeddingModel> = {}): LocalModelFile {
  const file = path.join(tempFolder(), 'tiny-meaning.gguf');
  const model = { meanings: tinyMeanings, contextTokens: 128, ...changes };
  const sizeBytes = writeTinyEmbeddingModel(file, model);
  const { contextTokens } = model;
  return { id: 'tiny-meaning', name: 'Tiny Meaning', path: file, sizeBytes, contextTokens, isThere: true };
}

/** A real engine, and what a test may see of its processes. */
export interface Tested<Engine> {
  readonly engine: Engine;
  /** Every process it has started, oldest first. */
  readonly children: readonly ForkedChild[];
  memory: { isShort: boolean };
}

/** What a test may have otherwise. */
interface EngineChanges {
  readonly clock?: Clock;
  readonly limits?: Partial<EngineLimits>;
  readonly folder?: string;
}

/** An engine with one thread that ends with the present test. */
export const testedEngine = (changes: EngineChanges = {}): Promise<Tested<LocalEngine>> =>
  tested(createLocalEngine, changes);

/** The same for embeddings. */
export const testedEmbeddings = (changes: EngineChanges = {}): Promise<Tested<EmbeddingEngine>> =>
  tested(createEmbeddingEngine, changes);

async function tested<Engine extends Pick<LocalEngine, 'stop'>>(
  create: (options: LocalEngineOptions) => Engine,
  changes: EngineChanges,
): Promise<Tested<Engine>> {
  const there = await installedEngine();
  const installed = { ...there, folder: changes.folder ?? there.folder };
  const children: ForkedChild[] = [];
  const memory = { isShort: false };
  const engine = create({
    fork(program, options) {
      const child = forkChild(program, options);
      children.push(child);
      return child;
    },
    clock: changes.clock ?? systemClock,
    log: createRecordedLog(),
    installed: () => installed,
    isMemoryShort: () => memory.isShort,
    environment: {},
    limits: { ...defaultEngineLimits, threads: 1, ...changes.limits },
  });
  onTestFinished(async () => {
    engine.stop();
    await Promise.all(children.map(ended));
  });
  return { engine, children, memory };
}

/** Resolves when a child has ended. */
export const ended = (child: ForkedChild): Promise<void> => new Promise((resolve) => child.onExit(() => resolve()));

/** A question, without tools and always answered the same. */
export function question(text: string, changes: Partial<GenerateOrder> = {}): Omit<GenerateOrder, 'kind' | 'id'> {
  return {
    messages: [{ role: 'user', text }],
    tools: [],
    mostTokens: null,
    temperature: 0,
    topP: null,
    seed: 1,
    ...changes,
  };
}

/** An answer, all of it. */
export interface WholeAnswer {
  readonly text: string;
  readonly done: Extract<EngineEvent, { kind: 'done' }>;
}

/** Reads an answer to its end. */
export async function wholeAnswer(events: AsyncIterable<EngineEvent>): Promise<WholeAnswer> {
  let text = '';
  for await (const event of events) {
    if (event.kind === 'text') text += event.text;
    if (event.kind === 'done') return { text, done: event };
  }
  throw new Error('the answer has no end');
}
