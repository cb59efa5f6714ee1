import { onTestFinished } from 'vitest';
import { createHands, type Hands } from '../../node-core/agents/hands/create-hands.ts';
import type { HandsView } from '../../node-core/api/hands-views.ts';
import type { Effect, EffectKeeper, Settled, Undone } from '../../node-core/protocol/hands/effect.ts';
import type { Storage } from '../../node-core/storage/storage.ts';
import { createFakeClock, type FakeClock } from '../doubles/clock.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { createIds } from './ids.ts';
import { testStorage } from './models.ts';

/** Hands on a real database, whose effects are what the test says. */
export interface TestHands {
  readonly hands: Hands;
  readonly storage: Storage;
  readonly clock: FakeClock;
  /** Effects that were taken back, in that order. */
  readonly undone: Effect[];
  /** What a watcher sees at present. */
  view(): HandsView;
}

interface TestHandsOptions {
  readonly storage?: Storage;
  /** Default: one whose effects are what the test says. */
  readonly keeper?: EffectKeeper;
  readonly settle?: (effect: Effect) => Settled;
  readonly undo?: (effect: Effect) => Undone;
}

/** Opens hands that are closed when the test ends. */
export async function openTestHands(options: TestHandsOptions = {}): Promise<TestHands> {
  const storage = options.storage ?? (await testStorage());
  const clock = createFakeClock(1_760_000_000_000);
  const undone: Effect[] = [];
  const hands = await createHands({
    storage,
    clock,
    ids: createIds(),
    log: createRecordedLog(),
    keeper: options.keeper ?? {
      settle: async (effect) => options.settle?.(effect) ?? 'unknown',
      undo: async (effect) => {
        undone.push(effect);
        return options.undo?.(effect) ?? { kind: 'undone' };
      },
    },
    folders: { list: () => [], onChange: () => () => undefined },
  });
  onTestFinished(() => hands.stop());
  let seen: HandsView = { grants: [], folders: [], waiting: [] };
  const next = (view: HandsView): void => {
    seen = view;
  };
  hands.handlers.subscriptions['hands.watch']({}, { next });
  return { hands, storage, clock, undone, view: () => seen };
}
