import { describe, expect, it, onTestFinished } from 'vitest';
import { LocalEmbedder } from '../../../node-core/agents/local/local-embedder.ts';
import { dotOf, lengthOf } from '../../../node-core/protocol/local/vector.ts';
import {
  ended,
  question,
  testedEmbeddings,
  testedEngine,
  tinyEmbeddingFile,
  tinyModelFile,
  wholeAnswer,
} from '../../builders/local-engine.ts';
import { shelvedFile } from '../../builders/shelved-file.ts';
import { tinyDimensions } from '../../builders/tiny-embedding-gguf.ts';
import { createFakeBreaker } from '../../doubles/breaker.ts';

const never = new AbortController().signal;

const cosine = (a: Int8Array | undefined, b: Int8Array | undefined): number =>
  a && b ? dotOf(a, b) / (lengthOf(a) * lengthOf(b)) : Number.NaN;

const all = async (vectors: AsyncIterable<Int8Array>): Promise<readonly Int8Array[]> => {
  const found: Int8Array[] = [];
  for await (const vector of vectors) found.push(vector);
  return found;
};

describe('embeddings of a real engine', { timeout: 60_000 }, () => {
  it('are near where texts mean the same with other words, and far where they do not', async () => {
    const { engine, children } = await testedEmbeddings();
    const texts = ['The car is red.', 'An AUTOMOBILE, red', 'Cats like milk', 'nothing of that is known', ''];
    const vectors = await all(engine.embed(tinyEmbeddingFile(), texts, never));
    expect(vectors.map(({ length }) => length)).toEqual([tinyDimensions, tinyDimensions, tinyDimensions, 0, 0]);
    const [car, automobile, cat] = vectors;
    expect(cosine(car, automobile)).toBeGreaterThan(0.99);
    expect(cosine(car, cat)).toBeLessThan(0.1);
    expect(children.length).toBe(1);
  });

  it('are those of the beginning where a text is longer than the model reads', async () => {
    const { engine } = await testedEmbeddings();
    const texts = [`${'car '.repeat(200)}${'milk '.repeat(400)}`, 'car', 'milk'];
    const [long, car, milk] = await all(engine.embed(tinyEmbeddingFile(), texts, never));
    expect(cosine(long, car)).toBeGreaterThan(0.99);
    expect(cosine(long, milk)).toBeLessThan(0.1);
  });

  it('can be stopped between two texts, and the next order is obeyed', async () => {
    const { engine, children } = await testedEmbeddings();
    const file = tinyEmbeddingFile();
    const stop = new AbortController();
    const seen: Int8Array[] = [];
    const broken = (async () => {
      for await (const vector of engine.embed(file, Array<string>(64).fill('car milk '.repeat(60)), stop.signal)) {
        seen.push(vector);
        stop.abort(new Error('enough'));
      }
    })();
    await expect(broken).rejects.toThrow('enough');
    expect(seen.length).toBe(1);
    expect((await all(engine.embed(file, ['milk'], never))).length).toBe(1);
    expect(children.length).toBe(1);
  });

  it('come from a new process where the one before was killed', async () => {
    const { engine, children } = await testedEmbeddings();
    const file = tinyEmbeddingFile();
    await all(engine.embed(file, ['car'], never));
    const [child] = children;
    if (!child) throw new Error('no process');
    child.kill();
    await ended(child);
    expect((await all(engine.embed(file, ['car'], never))).length).toBe(1);
    expect(children.length).toBe(2);
  });

  it('let go of a file that is removed while they are computed, as soon as these have ended', async () => {
    const { engine, children } = await testedEmbeddings();
    const file = tinyEmbeddingFile();
    const stop = new AbortController();
    const broken = (async () => {
      for await (const _ of engine.embed(file, Array<string>(64).fill('car'), stop.signal)) {
        stop.abort(new Error('removed'));
        engine.release(file.path);
      }
    })();
    await expect(broken).rejects.toThrow('removed');
    if (children[0]) await ended(children[0]);
    expect((await all(engine.embed(file, ['car'], never))).length).toBe(1);
    expect(children.length).toBe(2);
  });
});

describe('passages and answers, each with a real engine', { timeout: 60_000 }, () => {
  it('the passages stop for an answer, what was read is kept, and the rest comes afterwards', async () => {
    const { engine } = await testedEmbeddings();
    const { engine: answers } = await testedEngine();
    const file = shelvedFile(tinyEmbeddingFile());
    const embedder = new LocalEmbedder({
      file: { get: () => file, refresh: () => Promise.resolve(), onChange: () => () => undefined },
      engine,
      answers,
      breaker: createFakeBreaker(),
    });
    onTestFinished(() => embedder.stop());
    const texts = Array<string>(64).fill('car milk '.repeat(60));
    expect(await embedder.passages(texts.slice(0, 1), never)).toHaveLength(1);
    const endless = tinyModelFile({ ends: false, contextTokens: 4_096 });
    const stop = new AbortController();
    const reading = embedder.passages(texts, never);
    const answering = wholeAnswer(answers.generate(endless, question('Go on'), stop.signal));
    const read = await reading;
    expect(read.length).toBeLessThan(texts.length);
    expect(await embedder.passages(texts, never)).toEqual([]);
    // A question goes on meanwhile.
    expect(await embedder.query('automobile', never)).toHaveLength(tinyDimensions);
    stop.abort(new Error('stopped'));
    await expect(answering).rejects.toThrow('stopped');
    expect(await embedder.passages(texts.slice(read.length), never)).toHaveLength(texts.length - read.length);
  });
});
