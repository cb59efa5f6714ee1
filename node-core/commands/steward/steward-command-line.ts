import process from 'node:process';
import { Command } from 'commander';
import { createSurroundings, explain } from '../command-line.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';
import { type AskHidden, askHiddenOnTerminal } from './ask-hidden.ts';
import type { KeygenOptions } from './keygen.ts';
import type { SignerFlags } from './serve-signer.ts';

/** Runs one command of `nunba-steward` and sets the exit code of this process. */
export async function runStewardCommandLine(args: readonly string[]): Promise<void> {
  const surroundings = createSurroundings();
  try {
    await createProgram(surroundings, askHiddenOnTerminal).parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = explain(error, surroundings);
  }
}

interface KeyFlags {
  readonly words?: true;
  readonly passphraseFile?: string;
}
interface CopyFlags extends KeyFlags {
  readonly to?: string;
  readonly passphrase?: boolean;
}

function createProgram(surroundings: Surroundings, askHidden: AskHidden): Command {
  const finish = async (work: Promise<number>): Promise<void> => {
    process.exitCode = await work;
  };
  const program = new Command('nunba-steward')
    .description('Look after the master key of a hive. It is the one program, beside the signer, that reads it.')
    .version(surroundings.program.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('(nunba-steward --help lists the commands)')
    .configureOutput({ writeOut: surroundings.print, writeErr: (text) => surroundings.say(text.trimEnd()) })
    .exitOverride();
  const add = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--passphrase-file <file>', 'file that holds the passphrase of the key');

  add('keygen', 'make the key of a new hive, in two places')
    .requiredOption('--out <folder>', 'folder for the key; nothing in it is replaced')
    .option('--copy <file>', 'second place; asked for if it is not named')
    .option('--no-copy', 'keep the key in one place alone')
    .option('--passphrase', 'ask for a passphrase that the key needs from now on')
    .action(async (options: KeygenOptions) => {
      const { keygen } = await import('./keygen.ts');
      // Commander gives `true` where nothing was said of --no-copy.
      await finish(keygen(surroundings, askHidden, options));
    });
  add('check', 'read a key and say whose it is')
    .argument('[file]', 'the key')
    .option('--words', 'ask for its 24 words instead')
    .action(async (file: string | undefined, { words, ...flags }: KeyFlags) => {
      const { checkKey } = await import('./look-after-key.ts');
      await finish(oneOf(file, words, (named) => checkKey(surroundings, askHidden, { file: named, ...flags })));
    });
  add('copy', 'copy a key into another file, or print it as 24 words')
    .argument('[file]', 'the key; left out, its 24 words are asked for')
    .option('--to <file>', 'where the copy goes; nothing there is replaced')
    .option('--words', 'print the 24 words')
    .option('--passphrase', 'ask for a new passphrase for the copy; without a word it has the same as the key')
    .option('--no-passphrase', 'write the copy without a passphrase')
    .action(async (file: string | undefined, { to, words, ...flags }: CopyFlags) => {
      const { copyKey } = await import('./look-after-key.ts');
      const options = { file: file ?? null, ...flags };
      await finish(oneOf(to, words, (place) => copyKey(surroundings, askHidden, { ...options, to: place })));
    });
  add('signer', 'run the signer of a central node as a service of its own')
    .requiredOption('--key <file>', 'the key; readable by this account alone')
    .requiredOption('--socket <path>', 'Unix socket in a folder of its own')
    .option('--central-key <hex>', 'node key of a central process; may be repeated', collect)
    .option('--per-hour <number>', 'regional certificates within any hour (1000)')
    .option('--sequence <file>', 'note of the newest revocation list (beside the socket)')
    .action(async (flags: SignerFlags) => {
      const { serveSigner } = await import('./serve-signer.ts');
      await finish(serveSigner(surroundings, flags));
    });

  /** Exactly one of the two is said. */
  async function oneOf(
    place: string | undefined,
    words: true | undefined,
    work: (place: string | null) => Promise<number>,
  ): Promise<number> {
    if ((place === undefined) !== (words === undefined)) return work(place ?? null);
    surroundings.say('Name a file, or say --words.');
    return exitCodes.usage;
  }
  return program;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
