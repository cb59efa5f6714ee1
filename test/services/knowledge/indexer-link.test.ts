import { describe, expect, it } from 'vitest';
import {
  IndexerLink,
  type IndexerTrouble,
  IndexerUnreachable,
} from '../../../node-core/agents/knowledge/collections/indexer-link.ts';
import type { ForkedChild } from '../../../node-core/protocol/ports/host.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

/** A child that does nothing but what the test says. */
class FakeChild implements ForkedChild {
  readonly pid = 1;
  readonly sent: { readonly kind: string; readonly id?: number }[] = [];
  isKilled = false;
  #say: (message: unknown) => void = () => undefined;
  readonly #exits: ((exit: { readonly code: number | null }) => void)[] = [];
  send(message: unknown): void {
    this.sent.push(message as { readonly kind: string });
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#say = listener;
  }
  onExit(listener: (exit: { readonly code: number | null }) => void): void {
    this.#exits.push(listener);
  }
  kill(): void {
    this.isKilled = true;
    this.end(null);
  }
  says(message: unknown): void {
    this.#say(message);
  }
  end(code: number | null): void {
    for (const exit of this.#exits) exit({ code });
  }
}

const collection = { isPaused: false, mostFiles: 1, mostBytes: 1, roots: [{ id: 'R', path: '/notes' }] };
const order = { kind: 'search' as const, rootIds: ['R'], query: 'x', limit: 1, isTyping: false, meaning: null };

function open() {
  const clock = createFakeClock(0);
  const children: FakeChild[] = [];
  const troubles: (IndexerTrouble | null)[] = [];
  const link = new IndexerLink({
    fork: () => {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    file: '/data/knowledge/index.db',
    excluded: '/data',
    clock,
    log: createRecordedLog(),
    onRoots: () => undefined,
    onRebuilt: () => undefined,
    onTrouble: (trouble) => troubles.push(trouble),
  });
  return { clock, children, troubles, link };
}

describe('the line to the indexer', () => {
  it('starts nothing where nothing is to be read, and hands the whole order to a new one', () => {
    const { link, children } = open();
    link.configure([]);
    link.configure([{ ...collection, roots: [] }]);
    expect(children).toEqual([]);
    link.configure([collection]);
    expect(children[0]?.sent).toEqual([
      { kind: 'open', file: '/data/knowledge/index.db', excluded: '/data' },
      { kind: 'configure', collections: [collection], model: null },
    ]);
  });

  it('starts it again after waits that grow, and says when it keeps ending', async () => {
    const { link, children, troubles, clock } = open();
    link.configure([collection]);
    for (const [ended, waitMs] of [
      [0, 1000],
      [1, 2000],
      [2, 4000],
    ] as const) {
      children[ended]?.end(1);
      await clock.advance(waitMs - 1);
      expect(children).toHaveLength(ended + 1);
      await clock.advance(1);
      expect(children).toHaveLength(ended + 2);
    }
    expect(troubles).toEqual(['indexer-ended']);
    children[3]?.says({ kind: 'roots', roots: [], indexBytes: 0 });
    expect(troubles.at(-1)).toBe(null);
    await clock.advance(60_000);
    children[3]?.end(null);
    await clock.advance(1000);
    expect(children).toHaveLength(5);
  });

  it('answers each question with its own answer, and none for ever', async () => {
    const { link, children, clock } = open();
    link.configure([collection]);
    const { signal } = new AbortController();
    const first = link.ask(order, signal);
    const second = link.ask(order, signal);
    const [one, two] = (children[0]?.sent ?? []).slice(2).map(({ id }) => id);
    children[0]?.says({ kind: 'found', id: two, passages: [] });
    children[0]?.says({ kind: 'failed', id: one });
    expect(await second).toMatchObject({ id: two });
    await expect(first).rejects.toThrow(IndexerUnreachable);
    const third = link.ask(order, signal);
    const late = expect(third).rejects.toThrow(IndexerUnreachable);
    await clock.advance(20_000);
    await late;
    const fourth = expect(link.ask(order, signal)).rejects.toThrow(IndexerUnreachable);
    children[0]?.end(9);
    await fourth;
    await expect(link.ask(order, signal)).rejects.toThrow(IndexerUnreachable);
  });

  it('gives up a question when nobody waits for it any more', async () => {
    const { link } = open();
    link.configure([collection]);
    const stop = new AbortController();
    const asked = expect(link.ask(order, stop.signal)).rejects.toThrow('stopped');
    stop.abort(new Error('stopped'));
    await asked;
  });

  it('does not believe what cannot be read', async () => {
    const { link, children } = open();
    link.configure([collection]);
    const asked = link.ask(order, new AbortController().signal);
    for (const wrong of [null, 'x', { kind: 'found' }, { kind: 'found', id: 1, passages: [{ line: 0 }] }]) {
      children[0]?.says(wrong);
    }
    children[0]?.says({ kind: 'found', id: 1, passages: [] });
    expect(await asked).toMatchObject({ passages: [] });
  });

  it('lets it end by itself, and ends it where it does not', async () => {
    const { link, children, clock } = open();
    link.configure([collection]);
    const stopped = link.stop();
    expect(children[0]?.sent.at(-1)).toEqual({ kind: 'close' });
    await clock.advance(2999);
    expect(children[0]?.isKilled).toBe(false);
    await clock.advance(1);
    await stopped;
    expect(children[0]?.isKilled).toBe(true);
    await clock.advance(600_000);
    expect(children).toHaveLength(1);
  });
});
