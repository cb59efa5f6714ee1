import { describe, expect, it } from 'vitest';
import type { EmbeddingEngine } from '../../../node-core/agents/local/engine/local-engine.ts';
import { LocalEmbedder } from '../../../node-core/agents/local/local-embedder.ts';
import type { ShelvedFile } from '../../../node-core/agents/local/model-shelf.ts';
import { FailureError } from '../../../node-core/api/failures.ts';
import { shelvedFile } from '../../builders/shelved-file.ts';
import { createFakeBreaker } from '../../doubles/breaker.ts';

const never = new AbortController().signal;

/** An embedder whose engine answers a text when the test lets it. */
function setUp(file: ShelvedFile | null = shelvedFile(), refresh = (): Promise<void> => Promise.resolve()) {
  const answers = { isAnswering: false, tell: (): void => undefined };
  const memory = { hasRoom: true };
  const texts: string[] = [];
  const gates: (() => void)[] = [];
  const engine: Pick<EmbeddingEngine, 'embed' | 'hasRoom'> = {
    hasRoom: () => memory.hasRoom,
    async *embed(_file, given, signal) {
      for (const text of given) {
        texts.push(text);
        await new Promise<void>((resolve, reject) => {
          gates.push(resolve);
          signal.addEventListener('abort', () => reject(signal.reason));
          if (signal.aborted) reject(signal.reason);
        });
        if (text.includes('crash')) throw new FailureError({ kind: 'engine-ended', model: 'one', cause: 'crash' });
        yield text.includes('nothing') ? new Int8Array(0) : new Int8Array([127, 1]);
      }
    },
  };
  const breaker = createFakeBreaker();
  const embedder = new LocalEmbedder({
    file: { get: () => file, refresh, onChange: () => () => undefined },
    engine,
    answers: {
      isAnswering: () => answers.isAnswering,
      onChange(listener) {
        answers.tell = listener;
        return () => undefined;
      },
    },
    breaker,
  });
  const next = async (): Promise<void> => {
    await expect.poll(() => gates.length).toBeGreaterThan(0);
    gates.shift()?.();
  };
  return { embedder, texts, answers, next, breaker, memory };
}

describe('the local embedder', () => {
  it('says before each text what it is for, as its model wants it', async () => {
    const { embedder, texts, next } = setUp();
    const vectors = embedder.passages(['a car', 'nothing'], never);
    await next();
    await next();
    expect((await vectors).map(({ length }) => length)).toEqual([2, 0]);
    const query = embedder.query('car?', never);
    await next();
    expect(await query).toEqual(new Int8Array([127, 1]));
    expect(texts).toEqual(['search_document: a car', 'search_document: nothing', 'search_query: car?']);
    const empty = embedder.query('nothing', never);
    await next();
    expect(await empty).toBeNull();
  });

  it('stops reading passages when an answer begins, keeps what it has, and reads none until it has ended', async () => {
    const { embedder, texts, answers, next } = setUp();
    const vectors = embedder.passages(['one', 'two', 'three'], never);
    await next();
    await expect.poll(() => texts.length).toBe(2);
    answers.isAnswering = true;
    answers.tell();
    expect(await vectors).toHaveLength(1);
    expect(embedder.isFree()).toBe(false);
    expect(await embedder.passages(['two'], never)).toEqual([]);
    expect(texts).toHaveLength(2);
    let changes = 0;
    embedder.onChange(() => {
      changes += 1;
    });
    answers.isAnswering = false;
    answers.tell();
    expect(changes).toBe(1);
    expect(embedder.isFree()).toBe(true);
  });

  it('keeps what came before the engine ended, and tells the end at the first text of the next time', async () => {
    const { embedder, next } = setUp();
    const vectors = embedder.passages(['one', 'two', 'crash', 'three'], never);
    for (let text = 0; text < 3; text += 1) await next();
    expect(await vectors).toHaveLength(2);
    const broken = embedder.passages(['crash', 'three'], never);
    await next();
    await expect(broken).rejects.toThrow(FailureError);
  });

  it('lets a question go before passages, also while an answer is made', async () => {
    const { embedder, texts, answers, next } = setUp();
    const vectors = embedder.passages(['one', 'two'], never);
    await expect.poll(() => texts.length).toBe(1);
    answers.isAnswering = true;
    const query = embedder.query('what?', never);
    expect(await vectors).toEqual([]);
    await next();
    await next();
    expect(await query).toHaveLength(2);
    expect(texts.at(-1)).toBe('search_query: what?');
  });

  it('waits no longer than it may for a disk that does not answer', async () => {
    const { embedder } = setUp(shelvedFile(), () => new Promise(() => undefined));
    const late = new AbortController();
    const query = embedder.query('what?', late.signal);
    late.abort(new Error('too late'));
    await expect(query).rejects.toThrow('too late');
    expect(embedder.isFree()).toBe(true);
  });

  it('reads no passages while memory is short, but still questions', async () => {
    const { embedder, memory, next, texts } = setUp();
    memory.hasRoom = false;
    expect(embedder.isFree()).toBe(false);
    expect(await embedder.passages(['one'], never)).toEqual([]);
    const query = embedder.query('what?', never);
    await next();
    expect(await query).toHaveLength(2);
    expect(texts).toEqual(['search_query: what?']);
  });

  it('does nothing while agents stand still, and without a model', async () => {
    const { embedder, breaker } = setUp();
    breaker.trip();
    expect(embedder.isFree()).toBe(false);
    await expect(embedder.query('what?', never)).rejects.toThrow();
    expect(await embedder.passages(['one'], never)).toEqual([]);
    const none = setUp(null).embedder;
    expect(none.model()).toBeNull();
    expect(await none.query('what?', never)).toBeNull();
  });

  it('is another one when a file of the person was written over, but not when a download was fetched again', () => {
    const identity = (changes: Partial<ShelvedFile>): string | undefined =>
      setUp(shelvedFile(changes)).embedder.model()?.identity;
    expect(identity({ source: 'person' })).not.toBe(identity({ source: 'person', modifiedAt: 6 }));
    expect(identity({})).toBe(identity({ modifiedAt: 6 }));
  });

  it.each([
    ['bert', 'bge-small', 'car', 'car'],
    ['bert', 'multilingual-E5-small', 'query: car', 'passage: car'],
    ['gemma-embedding', 'any', 'task: search result | query: car', 'title: none | text: car'],
    [
      'qwen3',
      'any',
      'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:car',
      'car',
    ],
  ])('gives texts to %s (%s) as its makers say', async (architecture, name, asQuery, asPassage) => {
    const { embedder, texts, next } = setUp(shelvedFile({ name }, architecture));
    const query = embedder.query('car', never);
    await next();
    await query;
    const passages = embedder.passages(['car'], never);
    await next();
    await passages;
    expect(texts).toEqual([asQuery, asPassage]);
  });
});
