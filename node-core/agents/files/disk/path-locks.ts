import process from 'node:process';
import type { Effect } from '../../../protocol/hands/effect.ts';

/**
 * Lets two agents at one file go one after the other: between the last look at it and its change nobody else of this
 * process changes it.
 */
export class PathLocks {
  readonly #last = new Map<string, Promise<void>>();

  /** Waits until nothing is at work at what an effect is about, then calls `work`. What waits keeps its order. */
  async run<T>(effect: Effect, work: () => Promise<T>): Promise<T> {
    const keys = [...new Set(placesOf(effect).map(placeKey))];
    const before = keys.map((key) => this.#last.get(key));
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    for (const key of keys) this.#last.set(key, ended);
    try {
      await Promise.all(before);
      return await work();
    } finally {
      resolve();
      for (const key of keys) if (this.#last.get(key) === ended) this.#last.delete(key);
    }
  }
}

/** A path as the file systems of this system take it: some know no cases and no two ways of writing a letter. */
export const placeKey = (place: string): string =>
  process.platform === 'win32' || process.platform === 'darwin' ? place.normalize('NFC').toLowerCase() : place;

function placesOf(effect: Effect): readonly string[] {
  switch (effect.kind) {
    case 'move':
      return [effect.from, effect.to];
    case 'write-file':
    case 'remove-file':
    case 'make-folder':
      return [effect.path];
    case 'outside':
      return [];
  }
}
