import { describe, expect, it, onTestFinished } from 'vitest';
import { IndexerFailed, IndexerUnreachable } from '../../../node-core/agents/knowledge/collections/indexer-link.ts';
import { KnowledgeMeaning } from '../../../node-core/agents/knowledge/meaning/knowledge-meaning.ts';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { Embedder } from '../../../node-core/protocol/ports/embedder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const never = new AbortController().signal;
const vector = new Int8Array([127, 3]);

/** Reading for meaning with an index of `passages` passages, and a model that the test holds in its hand. */
function setUp(passages = 40) {
  const clock = createFakeClock(0);
  const waiting = Array.from({ length: passages }, (_, number) => number + 1);
  const index = { waiting, kept: [] as number[], empty: [] as number[], isFull: false };
  const models: (string | null)[] = [];
  const link = {
    use: (model: string | null) => void models.push(model),
    // biome-ignore lint/suspicious/noExplicitAny: the link's answers hang on what is asked
    async ask(order: any): Promise<any> {
      if (order.kind === 'keep') {
        if (index.isFull) throw new IndexerFailed();
        index.kept.push(...order.vectors.map((each: { readonly passage: number }) => each.passage));
        for (const { passage, vector } of order.vectors) if (vector.length === 0) index.empty.push(passage);
        index.waiting = index.waiting.filter((passage) => !index.kept.includes(passage));
        return { kind: 'kept', id: 1 };
      }
      const handed = index.waiting.slice(0, order.limit);
      return {
        kind: 'texts',
        id: 1,
        passages: handed.map((passage) => ({ passage, stamp: 's', text: `t${passage}` })),
      };
    },
  };
  let tell = (): void => undefined;
  const hand = {
    identity: 'one' as string | null,
    isFree: true,
    most: 100,
    error: null as Error | null,
    /** Texts at which the model breaks off. */
    breaksAt: [] as string[],
    breaks: 0,
    query: async (): Promise<Int8Array | null> => vector,
    tell: () => tell(),
  };
  const embedder: Embedder = {
    model: () => (hand.identity === null ? null : { identity: hand.identity, name: `Model ${hand.identity}` }),
    isFree: () => hand.isFree,
    onChange(listener) {
      tell = listener;
      return () => undefined;
    },
    query: () => hand.query(),
    async passages(texts) {
      if (hand.error) throw hand.error;
      const bad = texts.findIndex((text) => hand.breaksAt.includes(text));
      if (bad >= 0) hand.breaks += 1;
      if (bad === 0) throw new FailureError({ kind: 'engine-ended', model: 'one', cause: 'crash' });
      if (bad > 0) return texts.slice(0, bad).map(() => vector);
      const vectors = texts.slice(0, hand.most).map(() => vector);
      // As where an answer begins in between.
      if (vectors.length < texts.length) hand.isFree = false;
      return vectors;
    },
  };
  const meaning = new KnowledgeMeaning({ link, clock, log: createRecordedLog(), onChange: () => undefined });
  onTestFinished(() => meaning.stop());
  return { meaning, embedder, hand, index, clock, models };
}

describe('reading for meaning', () => {
  it('goes through all passages by itself', async () => {
    const { meaning, embedder, index, models } = setUp();
    expect(meaning.state()).toEqual({ model: null, failure: null });
    meaning.start(embedder);
    await expect.poll(() => index.kept.length).toBe(40);
    expect(models).toEqual(['one']);
    expect(meaning.state()).toEqual({ model: 'Model one', failure: null });
  });

  it('begins when a model is there, and again for another', async () => {
    const { meaning, embedder, hand, index, models } = setUp();
    hand.identity = null;
    meaning.start(embedder);
    meaning.reported([{ passages: 40, embedded: 0 }]);
    await Promise.resolve();
    expect(index.kept).toEqual([]);
    hand.identity = 'two';
    hand.tell();
    await expect.poll(() => index.kept.length).toBe(40);
    hand.identity = 'three';
    index.waiting = [1];
    hand.tell();
    await expect.poll(() => index.kept.length).toBe(41);
    expect(models).toEqual(['two', 'three']);
  });

  it('keeps what it has when something goes first, and goes on when that is over', async () => {
    const { meaning, embedder, hand, index } = setUp();
    hand.most = 5;
    meaning.start(embedder);
    await expect.poll(() => index.kept.length).toBe(5);
    meaning.reported([{ passages: 40, embedded: 5 }]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(index.kept).toHaveLength(5);
    hand.isFree = true;
    hand.most = 100;
    hand.tell();
    await expect.poll(() => index.kept.length).toBe(40);
  });

  it('tells what it fails with, waits longer each time, and forgets it when it works again', async () => {
    const { meaning, embedder, hand, index, clock } = setUp();
    hand.error = new FailureError({ kind: 'engine-ended', model: 'one', cause: 'crash' });
    meaning.start(embedder);
    await expect.poll(() => meaning.state().failure?.kind).toBe('engine-ended');
    hand.error = null;
    hand.tell();
    await clock.advance(29_000);
    await Promise.resolve();
    expect(index.kept).toEqual([]);
    await clock.advance(2_000);
    await expect.poll(() => index.kept.length).toBe(40);
    expect(meaning.state().failure).toBeNull();
  });

  it('says nothing of an indexer that is started again', async () => {
    const { meaning, embedder, hand, index } = setUp();
    hand.error = new IndexerUnreachable();
    meaning.start(embedder);
    await new Promise((resolve) => setImmediate(resolve));
    expect(meaning.state().failure).toBeNull();
    hand.error = null;
    meaning.reported([{ passages: 40, embedded: 0 }]);
    await expect.poll(() => index.kept.length).toBe(40);
  });
});

describe('a passage at which the model breaks off', () => {
  it('is read alone and last, and given up at the second time, so that the others are read', async () => {
    const { meaning, embedder, hand, index, clock } = setUp();
    hand.breaksAt = ['t7', 't20'];
    meaning.start(embedder);
    for (let minute = 0; minute < 30 && index.waiting.length > 0; minute += 1) {
      await clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(index.waiting).toEqual([]);
    expect(index.empty.toSorted()).toEqual([20, 7]);
    expect(hand.breaks).toBeLessThan(12);
    await clock.advance(600_000);
    hand.tell();
    await new Promise((resolve) => setImmediate(resolve));
    expect(hand.breaks).toBeLessThan(12);
  });

  it('is not given up where the model has read nothing at all, nor for want of memory', async () => {
    for (const cause of ['crash', 'memory'] as const) {
      const { meaning, embedder, hand, index, clock } = setUp(1);
      if (cause === 'crash') hand.breaksAt = ['t1'];
      else hand.error = new FailureError({ kind: 'engine-ended', model: 'one', cause });
      meaning.start(embedder);
      if (cause === 'memory') await meaning.ofQuery('car', never);
      for (let minute = 0; minute < 30; minute += 1) await clock.advance(60_000);
      expect(index.kept).toEqual([]);
      expect(meaning.state().failure?.kind).toBe('engine-ended');
    }
  });

  it('is given up when it is the only one, once a question was understood', async () => {
    const { meaning, embedder, hand, index, clock } = setUp(1);
    hand.breaksAt = ['t1'];
    meaning.start(embedder);
    await meaning.ofQuery('car', never);
    for (let minute = 0; minute < 30 && index.waiting.length > 0; minute += 1) {
      await clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(index.empty).toEqual([1]);
  });
});

describe('an index that keeps nothing', () => {
  it('is told, and no more is computed for it than once in a while', async () => {
    const { meaning, embedder, hand, clock, index } = setUp();
    let computed = 0;
    index.isFull = true;
    meaning.start({
      ...embedder,
      passages: (texts, signal) => {
        computed += 1;
        return embedder.passages(texts, signal);
      },
    });
    await expect.poll(() => meaning.state().failure?.kind).toBe('index-unavailable');
    for (let minute = 0; minute < 30; minute += 1) {
      await clock.advance(60_000);
      meaning.reported([{ passages: 40, embedded: 0 }]);
      hand.tell();
    }
    expect(computed).toBeLessThan(10);
    index.isFull = false;
    await clock.advance(600_000);
    await expect.poll(() => index.kept.length).toBe(40);
    expect(meaning.state().failure).toBeNull();
  });
});

describe('the meaning of a question', () => {
  it('comes with the model that says so, and is none without one or without words', async () => {
    const { meaning, embedder, hand } = setUp(0);
    expect(await meaning.ofQuery('car', never)).toBeNull();
    meaning.start(embedder);
    expect(await meaning.ofQuery('car', never)).toEqual({ model: 'one', vector });
    expect(await meaning.ofQuery('  ', never)).toBeNull();
    hand.query = async () => null;
    expect(await meaning.ofQuery('car', never)).toBeNull();
  });

  it('is given up after 1.5 s, and when the engine fails; the search goes on by words', async () => {
    const { meaning, embedder, hand, clock } = setUp(0);
    meaning.start({
      ...embedder,
      query: (_text, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    const late = meaning.ofQuery('car', never);
    await clock.advance(1_600);
    expect(await late).toBeNull();
    const failing = setUp(0);
    failing.hand.query = async () => {
      throw new FailureError({ kind: 'engine-absent', reason: 'unsupported' });
    };
    failing.meaning.start(failing.embedder);
    expect(await failing.meaning.ofQuery('car', never)).toBeNull();
    expect(hand.isFree).toBe(true);
  });

  it('ends with the search that asked', async () => {
    const { meaning, embedder } = setUp(0);
    meaning.start({
      ...embedder,
      query: (_text, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    const stop = new AbortController();
    const asked = meaning.ofQuery('car', stop.signal);
    stop.abort(new Error('the person went on'));
    await expect(asked).rejects.toThrow('the person went on');
  });
});
