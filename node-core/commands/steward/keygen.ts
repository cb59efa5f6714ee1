import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { masterKeyOf } from '../../trust/signer/master-key.ts';
import { anchorName, masterKeyName, masterKeyText } from '../../trust/signer/master-key-file.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';
import { type AskHidden, newPassphrase } from './ask-hidden.ts';
import { areOnOneDisk, keyFileAt, proveReadBack, writeNewFile } from './key-copies.ts';
import { describeAnchor } from './key-report.ts';

export interface KeygenOptions {
  readonly out: string;
  /** Second place; `false`: the person wants none (`--no-copy`). */
  readonly copy?: string | boolean;
  readonly passphrase?: boolean;
  readonly passphraseFile?: string;
}

/** Makes the key of a new hive, in two places that are both read back. Resolves with the exit code. */
export async function keygen(
  surroundings: Surroundings,
  askHidden: AskHidden,
  options: KeygenOptions,
): Promise<number> {
  const { print, say } = surroundings;
  const copy = await secondPlace(surroundings, options.copy);
  if (copy === undefined) {
    say('A key that stands in one place alone is lost with it. Name a second one with --copy FILE, or say --no-copy.');
    return exitCodes.usage;
  }
  const hasPassphrase = options.passphrase === true || options.passphraseFile !== undefined;
  const passphrase = hasPassphrase ? await newPassphrase(options.passphraseFile, askHidden) : null;
  const seed = randomBytes(32);
  const { anchor } = masterKeyOf(seed);
  const keyFile = path.resolve(options.out, masterKeyName);
  const text = await masterKeyText(seed, passphrase);
  seed.fill(0);
  const places = copy === null ? [keyFile] : [keyFile, copy];
  await writeAll(places, path.resolve(options.out, anchorName), text, anchor, passphrase);
  print(`This is the key of a new hive.\n${await describeAnchor(anchor)}`);
  for (const place of places) print(`key     ${place} (read back)\n`);
  if (copy !== null && (await areOnOneDisk(keyFile, copy))) say('Both copies are on one disk: move one to another.');
  print(nextSteps(keyFile, copy));
  return exitCodes.done;
}

/** Absolute; `null`: none is wanted; `undefined`: nobody has said. */
async function secondPlace(
  { ask }: Surroundings,
  given: string | boolean | undefined,
): Promise<string | null | undefined> {
  if (given === false) return null;
  const answer =
    typeof given === 'string' ? given : await ask('A second place for the key (file or folder, on another disk): ');
  return answer === null || answer.trim() === '' ? undefined : keyFileAt(answer.trim());
}

/** A key of which a copy failed was never in use: what was written of it is removed again. */
async function writeAll(
  places: readonly string[],
  anchorFile: string,
  text: string,
  anchor: string,
  passphrase: string | null,
): Promise<void> {
  const written: string[] = [];
  try {
    await writeNewFile(anchorFile, `${anchor}\n`, 0o644);
    written.push(anchorFile);
    for (const place of places) {
      await writeNewFile(place, text, 0o600);
      written.push(place);
    }
    for (const place of places) await proveReadBack(place, anchor, passphrase);
  } catch (error) {
    for (const file of written) await fs.rm(file, { force: true });
    throw error;
  }
}

const nextSteps = (keyFile: string, copy: string | null): string => `
Whoever holds this key is the hive; nobody can replace it. Keep ${copy === null ? 'it' : 'the second copy'} away from this computer.
Give the four words to those who join, on another way than the invite.
Next: npm run nunba-node -- serve --tier central --public-url https://<your host>:6776 --master-key ${keyFile}
`;
