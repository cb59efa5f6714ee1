import type { DeedRecords } from '../../node-core/protocol/ports/deed-records.ts';

/** Records of agents that never did anything. */
export const noDeeds: DeedRecords = {
  endOf: async () => null,
  restOf: async () => null,
  begunAs: async () => null,
  begunFor: async () => [],
  whenIdle: async () => true,
  onEndedLate: () => () => undefined,
  onUndone: () => () => undefined,
};
