import { expect, test } from 'vitest';
import type { TrustView } from '../../../../node-core/api/trust-views.ts';
import { createTrustHandlers, type TrustHandlerParts } from '../../../../node-core/composition/trust-handlers.ts';
import { refusalOf } from '../../../builders/failure.ts';
import { trustView } from '../../../builders/trust-view.ts';

/** Handlers whose view the test makes; nothing else of them is used here. */
function watchedTrust(view: () => Promise<TrustView>) {
  const failures: unknown[] = [];
  const listeners = new Set<() => void>();
  const parts: Partial<TrustHandlerParts> = {
    view,
    onFailed: (error) => failures.push(error),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const { subscriptions } = createTrustHandlers(parts as TrustHandlerParts);
  const seen: TrustView[] = [];
  const change = (): void => {
    for (const listener of listeners) listener();
  };
  const begin = () => subscriptions['trust.watch']({}, { next: (item) => seen.push(item) });
  return { begin, change, seen, failures, listeners };
}

test('a view that could not be made is reported, and the watcher goes on with the next', async () => {
  const views = [trustView(), new Error('no words'), trustView({ nodeName: 'after' })];
  const { begin, change, seen, failures } = watchedTrust(async () => {
    const next = views.shift();
    if (next instanceof Error || next === undefined) throw next;
    return next;
  });
  await begin();
  change();
  change();
  await expect.poll(() => seen.length).toBe(2);
  expect(seen[1]).toMatchObject({ nodeName: 'after' });
  expect(failures).toEqual([new Error('no words')]);
});

test('a first view that could not be made ends the watching with that', async () => {
  const { begin, listeners } = watchedTrust(() => Promise.reject(new Error('no words')));
  await expect(begin()).rejects.toThrow('no words');
  expect(listeners.size).toBe(0);
});

test('central joins nothing, neither by a link nor by an address', async () => {
  const parts: Partial<TrustHandlerParts> = { isCentral: true };
  const { calls } = createTrustHandlers(parts as TrustHandlerParts);
  const typed = { address: 'central.example.org', tier: 'regional', words: null } as const;
  expect(await refusalOf(Promise.resolve(calls['trust.joinAddress'](typed)))).toBe('tier-contradiction');
  expect(await refusalOf(Promise.resolve(calls['trust.join']({ link: 'nunba://join' })))).toBe('tier-contradiction');
});
