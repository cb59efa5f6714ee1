import { describeError } from '../../protocol/describe-error.ts';
import type { Log } from '../../protocol/ports/log.ts';

/** The four words of keys, each made once. */
export interface WordMemory {
  /** `null` at first: they are being made, and the listener is told then. */
  readonly get: (publicKey: string) => readonly string[] | null;
}

/** Few keys are ever asked for: anchors that are joined. */
const mostKeys = 20;

/** @param wordsOf slow @param onMade told when words that were asked for are there */
export function createWordMemory(
  wordsOf: (publicKey: string) => Promise<readonly string[]>,
  log: Log,
  onMade: () => void,
): WordMemory {
  const known = new Map<string, readonly string[] | null>();
  const make = async (publicKey: string): Promise<void> => {
    try {
      known.set(publicKey, await wordsOf(publicKey));
      onMade();
    } catch (error) {
      known.delete(publicKey);
      log.error({ error: describeError(error) }, 'Could not make the words of a key.');
    }
  };
  return {
    get(publicKey) {
      const words = known.get(publicKey);
      if (words !== undefined) return words;
      if (known.size >= mostKeys) known.clear();
      known.set(publicKey, null);
      void make(publicKey);
      return null;
    },
  };
}
