import { expect, test } from 'vitest';
import type { StatusView } from '../../../node-core/api/node-views.ts';
import { pausedSince, shellDecision } from '../../../node-core/api/shell-decision.ts';
import type { RuntimeView } from '../../../node-core/api/shell-views.ts';
import { statusView } from '../../builders/status-view.ts';

const now = 1_000_000;
const since = now - 60_000;
const running: RuntimeView = { kind: 'running', since };
const pause = { kind: 'paused-by-person', since, fix: 'resume' } as const;
const locked = { kind: 'keys-locked', since, fix: 'open-keys' } as const;
const lost = {
  kind: 'model-unreachable',
  model: 'llama',
  host: 'lab',
  cause: 'dns',
  since,
  checkedAt: now,
  fix: 'check',
} as const;

test.each<[string, StatusView | null, RuntimeView, readonly unknown[]]>([
  ['nothing heard yet', null, { kind: 'starting', since: now }, ['flat', 'runtime-starting']],
  ['running, nothing heard yet', null, running, ['flat']],
  ['running and well', statusView(), running, ['flat']],
  [
    'running without a model',
    statusView({ reasons: [{ kind: 'no-model', fix: 'open-models' }] }),
    running,
    ['flat', 'no-model'],
  ],
  [
    'what the node says',
    statusView({ reasons: [pause, lost] }),
    running,
    ['paused', 'paused-by-person', 'model-unreachable'],
  ],
  [
    'locked keys and a pause',
    statusView({ reasons: [locked, pause] }),
    running,
    ['attention', 'keys-locked', 'paused-by-person'],
  ],
  [
    'a crash while paused',
    statusView({ reasons: [pause] }),
    { kind: 'restarting', cause: 'crashed', since, nextAt: now, attempt: 1 },
    ['paused', 'paused-by-person', 'runtime-restarting'],
  ],
  [
    'given up',
    statusView({ reasons: [lost] }),
    { kind: 'attention', cause: 'cannot-start', since, sentence: 'No.' },
    ['attention', 'runtime-gave-up', 'model-unreachable'],
  ],
  ['closing', statusView(), { kind: 'stopping', since }, ['flat', 'runtime-stopping']],
])('%s', (_name, status, runtime, expected) => {
  const { state, reasons } = shellDecision(status, runtime, now);
  expect([state, ...reasons.map(({ kind }) => kind)]).toEqual(expected);
  expect(reasons.filter(({ kind }) => !kind.startsWith('runtime-'))).toEqual(status?.reasons ?? []);
});

test('the pause is found among the reasons', () => {
  expect([pausedSince({ reasons: [lost, pause] }), pausedSince({ reasons: [lost] })]).toEqual([since, null]);
});
