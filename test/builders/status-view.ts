import type { StatusView } from '../../node-core/api/node-views.ts';

/** The status of a node that works alone with a model and has nothing to tell. */
export function statusView(part: Partial<StatusView> = {}): StatusView {
  return {
    state: 'flat',
    reasons: [],
    checks: [],
    tier: 'flat',
    hive: null,
    version: '0.1.0',
    startedAt: 0,
    at: 0,
    dataFolder: '/data',
    address: null,
    model: 'qwen3-4b',
    modelAnsweredAt: null,
    runningTurns: 0,
    ...part,
  };
}
