import path from 'node:path';
import { masterKeyOf } from '../../trust/signer/master-key.ts';
import { masterKeyText, readMasterKeyFile } from '../../trust/signer/master-key-file.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';
import { type AskHidden, newPassphrase, passphraseFrom } from './ask-hidden.ts';
import { keyFileAt, proveReadBack, writeNewFile } from './key-copies.ts';
import { describeAnchor, seedOfWords, wordsOfSeed } from './key-report.ts';

/** A key as a person names it: a file, or `null`, then its 24 words are asked for. */
export interface NamedKey {
  readonly file: string | null;
  readonly passphraseFile?: string;
}

/** Reads a key and says whose it is; what is wrong with its mode is said, and counts as a failure. */
export async function checkKey(surroundings: Surroundings, askHidden: AskHidden, named: NamedKey): Promise<number> {
  const complaints: string[] = [];
  const read = await readKey(surroundings, askHidden, named, (sentence) => complaints.push(sentence));
  if (read === null) return exitCodes.usage;
  const { seed } = read;
  const { anchor } = masterKeyOf(seed);
  seed.fill(0);
  surroundings.print(await describeAnchor(anchor));
  for (const complaint of complaints) surroundings.say(`The signer refuses ${named.file}: ${complaint}.`);
  return complaints.length > 0 ? exitCodes.failed : exitCodes.done;
}

export interface CopyOptions extends NamedKey {
  /** File or folder; `null`: the words are printed instead. */
  readonly to: string | null;
  /** `true`: the copy gets a passphrase of its own; `false`: none. Left out: the one that the key has, if any. */
  readonly passphrase?: boolean;
}

/** Copies a key into another file, or onto paper as words; either is read back. */
export async function copyKey(surroundings: Surroundings, askHidden: AskHidden, options: CopyOptions): Promise<number> {
  const read = await readKey(surroundings, askHidden, options);
  if (read === null) return exitCodes.usage;
  const { seed } = read;
  const { anchor } = masterKeyOf(seed);
  if (options.to === null) {
    const words = wordsOfSeed(seed);
    if (!seedOfWords(words).equals(seed)) throw new Error('The words do not read back as the key.');
    surroundings.print(words);
    surroundings.say('Whoever reads these words has the key. Write them down, and check them: check --words');
  } else {
    const kept = options.passphrase === false ? null : read.passphrase;
    const passphrase = options.passphrase === true ? await newPassphrase(undefined, askHidden) : kept;
    const file = await keyFileAt(options.to);
    await writeNewFile(file, await masterKeyText(seed, passphrase), 0o600);
    await proveReadBack(file, anchor, passphrase);
    surroundings.print(`${await describeAnchor(anchor)}key     ${file} (read back)\n`);
  }
  seed.fill(0);
  return exitCodes.done;
}

interface ReadKey {
  readonly seed: Buffer;
  /** The one that it needed; `null`: it has none. */
  readonly passphrase: string | null;
}

/** `null`: there is nobody to ask for the words. */
async function readKey(
  { ask, say }: Surroundings,
  askHidden: AskHidden,
  { file, passphraseFile }: NamedKey,
  onLooseMode?: (sentence: string) => void,
): Promise<ReadKey | null> {
  if (file !== null) {
    const ask = passphraseFrom(passphraseFile, askHidden);
    const used: { passphrase: string | null } = { passphrase: null };
    const passphrase = async (): Promise<string | null> => {
      used.passphrase = await ask();
      return used.passphrase;
    };
    const loosely = onLooseMode ? { onLooseMode } : {};
    const seed = await readMasterKeyFile({ file: path.resolve(file), passphrase, ...loosely });
    return { seed, ...used };
  }
  const words = await ask('The 24 words of the key: ');
  if (words !== null) return { seed: seedOfWords(words), passphrase: null };
  say('There is no terminal to ask the words on.');
  return null;
}
