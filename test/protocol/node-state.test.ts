import { describe, expect, test } from 'vitest';
import {
  decideState,
  type HiveFact,
  type HiveReason,
  type ModelFact,
  type NodeFacts,
  nodeStates,
  type RuntimeFact,
} from '../../node-core/protocol/node-state.ts';

const now = 1_000_000;
const since = now - 60_000;
const running: RuntimeFact = { kind: 'running' };
const crashed: RuntimeFact = { kind: 'restarting', cause: 'crashed', since };
const gaveUp: RuntimeFact = { kind: 'gave-up', cause: 'keeps-crashing', since, sentence: 'It ended 5 times.' };
const unreachable: ModelFact = {
  kind: 'unreachable',
  model: 'llama',
  host: 'lab:8080',
  cause: 'refused',
  since,
  checkedAt: now,
};
const well: NodeFacts = {
  runtime: running,
  pausedSince: null,
  keysLockedSince: null,
  model: { kind: 'fine' },
  hive: { kind: 'alone', reason: null },
};
const host = 'hive.test';
const sentence = 'It was not so.';
const member = (reason: HiveReason | null): HiveFact => ({ kind: 'member', reason });
const alone = (reason: HiveReason): HiveFact => ({ kind: 'alone', reason });
const decide = (part: Partial<NodeFacts>) => {
  const { state, reasons } = decideState({ ...well, ...part }, now);
  return [state, ...reasons.map(({ kind }) => kind)];
};

describe('the state of a node', () => {
  test.each<[string, Partial<NodeFacts>, readonly string[]]>([
    ['alone and well', {}, ['flat']],
    ['no model is chosen', { model: { kind: 'none' } }, ['flat', 'no-model']],
    ['the model was not reached', { model: unreachable }, ['degraded', 'model-unreachable']],
    ['the person paused', { pausedSince: since }, ['paused', 'paused-by-person']],
    ['the stored keys cannot be read', { keysLockedSince: since }, ['attention', 'keys-locked']],
    [
      'locked keys before a pause',
      { keysLockedSince: since, pausedSince: since },
      ['attention', 'keys-locked', 'paused-by-person'],
    ],
    ['the runtime crashed', { runtime: crashed }, ['degraded', 'runtime-restarting']],
    ['the runtime keeps crashing', { runtime: gaveUp }, ['attention', 'runtime-gave-up']],
    ['a start', { runtime: { kind: 'starting', since: now - 9_999 } }, ['flat', 'runtime-starting']],
    ['a slow start', { runtime: { kind: 'starting', since: now - 10_000 } }, ['joining', 'runtime-starting']],
    ['a member and well', { hive: member(null) }, ['healthy']],
    ['a member without a model', { hive: member(null), model: { kind: 'none' } }, ['healthy', 'no-model']],
    [
      'a member at its end',
      { hive: member(null), runtime: { kind: 'stopping', since } },
      ['healthy', 'runtime-stopping'],
    ],
    ['words to confirm', { hive: alone({ kind: 'join-unconfirmed', host, since }) }, ['attention', 'join-unconfirmed']],
    ['a join that runs', { hive: alone({ kind: 'join-applying', host, since }) }, ['joining', 'join-applying']],
    ['a join that waits', { hive: alone({ kind: 'join-pending', host, since }) }, ['joining', 'join-pending']],
    [
      'a join that failed',
      { hive: alone({ kind: 'join-failed', host, since, sentence }) },
      ['attention', 'join-failed'],
    ],
    [
      'an ended certificate',
      { hive: member({ kind: 'membership-lapsed', host, since }) },
      ['joining', 'membership-lapsed'],
    ],
    [
      'a renewal that fails',
      { hive: member({ kind: 'renewal-failing', host, since, sentence }) },
      ['degraded', 'renewal-failing'],
    ],
    [
      'another key in the environment',
      { hive: member({ kind: 'federation-key-differs', since }) },
      ['degraded', 'federation-key-differs'],
    ],
    [
      'a wrong clock',
      { hive: member({ kind: 'clock-wrong', direction: 'ahead', difference: '3 hours', since }) },
      ['degraded', 'clock-wrong'],
    ],
    ['revoked', { hive: alone({ kind: 'membership-ended', since, sentence }) }, ['attention', 'membership-ended']],
    [
      'a central without signer',
      { hive: member({ kind: 'not-issuing', since, sentence }) },
      ['attention', 'not-issuing'],
    ],
    [
      'paused before joining',
      { hive: alone({ kind: 'join-pending', host, since }), pausedSince: since },
      ['paused', 'paused-by-person', 'join-pending'],
    ],
    [
      'joining before degraded',
      { hive: alone({ kind: 'join-pending', host, since }), model: unreachable },
      ['joining', 'join-pending', 'model-unreachable'],
    ],
    ['the end', { runtime: { kind: 'stopping', since } }, ['flat', 'runtime-stopping']],
    [
      'paused before degraded',
      { pausedSince: since, model: unreachable },
      ['paused', 'paused-by-person', 'model-unreachable'],
    ],
    [
      'attention before paused, degraded last',
      { runtime: gaveUp, pausedSince: since, model: unreachable },
      ['attention', 'runtime-gave-up', 'paused-by-person', 'model-unreachable'],
    ],
    [
      'paused before a slow start',
      { runtime: { kind: 'starting', since }, pausedSince: since },
      ['paused', 'paused-by-person', 'runtime-starting'],
    ],
    [
      'what is out of order before what is only missing',
      { runtime: crashed, model: { kind: 'none' } },
      ['degraded', 'runtime-restarting', 'no-model'],
    ],
  ])('%s', (_name, facts, expected) => {
    expect(decide(facts)).toEqual(expected);
  });

  test('the order is that of the interface: the kill switch first, working alone last', () => {
    expect(nodeStates).toEqual(['halted', 'attention', 'paused', 'joining', 'degraded', 'healthy', 'flat']);
  });

  test.each([
    ['refused', 'check'],
    ['timeout', 'check'],
    ['tls', 'open-models'],
    ['key', 'open-models'],
  ] as const)('a model that failed with %s is mended by %s', (cause, fix) => {
    const { reasons } = decideState({ ...well, model: { ...unreachable, cause } }, now);
    expect(reasons).toEqual([
      { kind: 'model-unreachable', model: 'llama', host: 'lab:8080', cause, since, checkedAt: now, fix },
    ]);
  });
});
