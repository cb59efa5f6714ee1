import { wordlist } from '@scure/bip39/wordlists/english.js';

/**
 * How the bytes behind four words are made of a key (protocol.md, section 2): scrypt over its 32 bytes. Slow on purpose:
 * 44 bits are few, and each key that somebody tries in order to meet given words costs him this much.
 */
export const wordsCost = {
  salt: 'nunba:words:v1',
  N: 2 ** 16,
  r: 8,
  p: 1,
  /** 64 MiB and a little are used, bytes. */
  maxmem: 128 * 1024 * 1024,
  /** Bytes of the digest; the first 44 bits count. */
  digestBytes: 32,
} as const;

/** Four English words of BIP-39, in lower case. */
export type KeyWords = readonly [string, string, string, string];

const known = new Set(wordlist);

/** The words of a digest: its first 44 bits, highest first, 11 for each. @param digest at least 6 bytes */
export function wordsOfDigest(digest: Uint8Array): KeyWords {
  const bits = [...digest.subarray(0, 6)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  if (bits.length < 44) throw new RangeError('A digest of at least 6 bytes makes words.');
  const word = (position: number): string =>
    wordlist[Number.parseInt(bits.slice(position * 11, position * 11 + 11), 2)] ?? '';
  return [word(0), word(1), word(2), word(3)];
}

/** Four words as a person types them: any case, between blanks, commas or hyphens. `null` for all else. */
export function readWords(text: string): KeyWords | null {
  if (text.length > 200) return null;
  const [first, second, third, fourth, ...more] = text
    .toLowerCase()
    .split(/[\s,-]+/)
    .filter((word) => word !== '');
  const isWord = (word: string | undefined): word is string => word !== undefined && known.has(word);
  if (more.length > 0 || !isWord(first) || !isWord(second) || !isWord(third) || !isWord(fourth)) return null;
  return [first, second, third, fourth];
}

/** Whether two keys' words are the same. */
export function areSameWords(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((word, position) => word === others[position]);
}
