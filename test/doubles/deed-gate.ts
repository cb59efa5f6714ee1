import type { DeedGate } from '../../node-core/agents/hands/create-hands.ts';
import type { Effect } from '../../node-core/protocol/hands/effect.ts';
import type { PermissionAnswer } from '../../node-core/protocol/hands/permission.ts';

/** A gate without a database, whose person answers what the test says. */
export interface FakeGate extends DeedGate {
  readonly questions: Parameters<DeedGate['ask']>[0][];
  readonly deeds: Parameters<DeedGate['journal']['perform']>[0][];
  readonly effects: Effect[];
}

/** @param answer `null`: nobody answers, ever */
export function createFakeGate(answer: PermissionAnswer | null = 'no'): FakeGate {
  const questions: FakeGate['questions'] = [];
  const deeds: FakeGate['deeds'] = [];
  const effects: Effect[] = [];
  const notes = {
    act: async <T>(effect: Effect, act: () => Promise<T>): Promise<T> => {
      effects.push(effect);
      return act();
    },
  };
  return {
    questions,
    deeds,
    effects,
    judge: ({ canAsk }) => (canAsk ? { kind: 'ask' } : { kind: 'refused' }),
    ask: (question, signal) => {
      questions.push(question);
      if (answer !== null) return Promise.resolve(answer);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    },
    journal: {
      perform: async (deed, run) => {
        deeds.push(deed);
        return { ...(await run(notes)), canUndo: effects.some(({ kind }) => kind !== 'outside') };
      },
    },
    isBusy: () => false,
    rates: { take: () => true },
  };
}
