import type { Sink, SubscriptionHandlers } from '../../api/contract.ts';
import type { DeedJournal } from './deed-journal.ts';

/** Tells whoever looks at what agents did that something of it is different now; what, they ask for. */
export class PastWatchers {
  readonly #sinks = new Set<Sink<{ readonly revision: number }>>();
  #revision = 0;

  readonly watch: SubscriptionHandlers['hands.watchPast'] = (_input, sink) => {
    this.#sinks.add(sink);
    sink.next({ revision: this.#revision });
    return () => this.#sinks.delete(sink);
  };

  changed(): void {
    this.#revision += 1;
    for (const sink of this.#sinks) sink.next({ revision: this.#revision });
  }

  /** The journal, telling when a deed is noted and when it has ended. */
  telling(journal: Pick<DeedJournal, 'perform'>): Pick<DeedJournal, 'perform'> {
    return {
      perform: async (deed, run, stop) => {
        const told: typeof run = (notes) => {
          this.changed();
          return run(notes);
        };
        try {
          return await journal.perform(deed, told, stop);
        } finally {
          this.changed();
        }
      },
    };
  }

  stop(): void {
    this.#sinks.clear();
  }
}
