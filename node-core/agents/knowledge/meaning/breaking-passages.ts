import { failureOf } from '../../../api/failures.ts';
import type { PassageStamp } from '../index/vector-store.ts';

/** Ends of the model at the same passage, read alone, after which it is given up. */
const mostEnds = 2;

/**
 * The passages at which the model broke off: they are read alone and last, and given up where that breaks it off again and
 * again while others are read.
 */
export class BreakingPassages {
  /** How often each broke the model off when it was read alone. */
  readonly #ends = new Map<string, number>();

  /** In what order passages are read: those that nothing is known against together, then each of the others alone. */
  turns<Passage extends PassageStamp>(passages: readonly Passage[]): readonly (readonly Passage[])[] {
    const suspected = passages.filter((passage) => this.#ends.has(keyOf(passage)));
    const others = passages.filter((passage) => !this.#ends.has(keyOf(passage)));
    const byEnds = suspected.toSorted((one, other) => this.#endsOf(one) - this.#endsOf(other));
    return [...(others.length > 0 ? [others] : []), ...byEnds.map((passage) => [passage])];
  }

  /**
   * The reading of a turn has failed at its first passage. Returns whether that is to be given up, as long as the model
   * works with others.
   */
  failed([first, ...behind]: readonly PassageStamp[], error: unknown): boolean {
    const failure = failureOf(error);
    const isBroken = failure?.kind === 'engine-ended' && (failure.cause === 'crash' || failure.cause === 'hang');
    if (!isBroken || !first) return false;
    const ends = behind.length === 0 ? this.#endsOf(first) + 1 : this.#endsOf(first);
    this.#ends.set(keyOf(first), ends);
    return ends >= mostEnds;
  }

  /** It was read, or given up. */
  settled(passage: PassageStamp): void {
    this.#ends.delete(keyOf(passage));
  }

  /** Nothing is known of another model. */
  clear(): void {
    this.#ends.clear();
  }

  #endsOf(passage: PassageStamp): number {
    return this.#ends.get(keyOf(passage)) ?? 0;
  }
}

const keyOf = ({ passage, stamp }: PassageStamp): string => `${passage} ${stamp}`;
