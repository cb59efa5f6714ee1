import { describe, expect, test } from 'vitest';
import {
  decideState,
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
const well: NodeFacts = { runtime: running, pausedSince: null, keysLockedSince: null, model: { kind: 'fine' } };
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
