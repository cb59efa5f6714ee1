import { scrypt } from 'node:crypto';
import { type KeyWords, wordsCost, wordsOfDigest } from '../../protocol/trust/words.ts';

/** Keys whose words are remembered. */
const mostKeys = 2_000;

/**
 * The four words of a key (64 hex), as people compare them. Reckoned beside the main thread, some 0.2 s and 64 MiB each,
 * one after another; remembered. What is made rejects when there is not memory enough.
 */
export function createKeyWords(): (publicKey: string) => Promise<KeyWords> {
  const known = new Map<string, Promise<KeyWords>>();
  let last: Promise<unknown> = Promise.resolve();
  return (publicKey) => {
    const found = known.get(publicKey);
    if (found) return found;
    const reckoned = last.then(() => reckon(publicKey));
    last = reckoned.catch(() => known.delete(publicKey));
    known.set(publicKey, reckoned);
    const [oldest] = known.keys();
    if (known.size > mostKeys && oldest !== undefined) known.delete(oldest);
    return reckoned;
  };
}

function reckon(publicKey: string): Promise<KeyWords> {
  const { salt, digestBytes, ...cost } = wordsCost;
  return new Promise((resolve, reject) => {
    scrypt(Buffer.from(publicKey, 'hex'), salt, digestBytes, cost, (error, digest) => {
      if (error) reject(error);
      else resolve(wordsOfDigest(digest));
    });
  });
}
