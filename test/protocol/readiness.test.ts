import { expect, test } from 'vitest';
import type { NodeFacts } from '../../node-core/protocol/node-facts.ts';
import { decideState } from '../../node-core/protocol/node-state.ts';
import { readinessOf } from '../../node-core/protocol/readiness.ts';
import { memberFact, nodeFacts, factsAt as now } from '../builders/node-facts.ts';

const since = now - 60_000;
const lookedAt = now;
const host = 'hive.test';

test.each<[string, Partial<NodeFacts>, string]>([
  ['alone and well', {}, 'ready'],
  ['nothing looked at yet', { database: { kind: 'not-looked' }, disk: { kind: 'not-looked' } }, 'ready'],
  ['paused', { pausedSince: since }, 'ready'],
  ['without a model', { model: { kind: 'none' } }, 'ready'],
  [
    'a member whose parent is silent',
    { hive: memberFact({ parent: { host, verifiedAt: null, askedAt: now, silentSince: since } }) },
    'ready',
  ],
  ['one that waits for a steward', { hive: { kind: 'alone', reason: { kind: 'join-pending', host, since } } }, 'ready'],
  [
    'one that waits for the words',
    { hive: { kind: 'alone', reason: { kind: 'join-unconfirmed', host, since } } },
    'joining',
  ],
  ['a damaged database', { database: { kind: 'damaged', problem: 'page 4', since, lookedAt } }, 'broken'],
  ['a full disk', { disk: { kind: 'full', freeBytes: 0, since, lookedAt } }, 'broken'],
])('%s is %s', (_name, facts, expected) => {
  expect(readinessOf(decideState(nodeFacts(facts), now))).toBe(expected);
});
