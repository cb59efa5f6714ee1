import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { FailureError } from '../../api/failures.ts';
import { seedBytes } from '../../trust/signer/master-key.ts';
import { createKeyWords } from '../../trust/verification/key-words.ts';

/** What a person compares: the anchor and its four words. */
export async function describeAnchor(anchor: string): Promise<string> {
  const words = await createKeyWords()(anchor);
  return `anchor  ${anchor}\nwords   ${words.join(' ')}\n`;
}

/** The 24 words of a seed (BIP-39, English), six to a line. */
export function wordsOfSeed(seed: Uint8Array): string {
  const words = entropyToMnemonic(seed, wordlist).split(' ');
  return [0, 6, 12, 18].map((start) => `${words.slice(start, start + 6).join(' ')}\n`).join('');
}

/** The seed that 24 words stand for. Throws `master-key-unusable` for other words, or wrong ones among them. */
export function seedOfWords(text: string): Buffer {
  try {
    const seed = mnemonicToEntropy(text.toLowerCase().trim().split(/\s+/).join(' '), wordlist);
    if (seed.length === seedBytes) return Buffer.from(seed);
  } catch {
    // Said below, without the words.
  }
  throw new FailureError({
    kind: 'master-key-unusable',
    path: 'the words',
    reason: 'they are not 24 words of a key, or one of them is wrong',
  });
}
