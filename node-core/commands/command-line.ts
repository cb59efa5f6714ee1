import process from 'node:process';
import readline from 'node:readline/promises';
import { Command, CommanderError } from 'commander';
import { describeFailure } from '../api/failure-sentences.ts';
import { failureOf } from '../api/failures.ts';
import type { Flags } from '../config/read-config.ts';
import { findProgramFiles } from '../platform/program-files.ts';
import { maskSecrets } from '../protocol/mask-secrets.ts';
import { exitCodes } from './exit-codes.ts';
import { addHiveCommands } from './hive/hive-commands.ts';
import { addServeOptions, serveFlags } from './serve-options.ts';
import type { Surroundings } from './surroundings.ts';

const helpText = `
Exit codes: 0 done, 1 could not be done (one sentence on standard error says why), 2 command line not understood,
130 ended with Ctrl+C. All commands but serve talk to the node that runs in the data folder; if none runs, they open
the folder themselves. Values come from flags, the environment, .env files, the data folder and defaults, in this order.`;

/** Runs one command of `nunba-node` and sets the exit code of this process. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const surroundings = createSurroundings();
  try {
    await createProgram(surroundings).parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = explain(error, surroundings);
  }
}

/** What a program of this repository works with, on its terminal. */
export function createSurroundings(): Surroundings {
  // A reader that has gone (`| head`) is no reason to fail.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    program: findProgramFiles(import.meta.dirname),
    environment: process.env,
    print: (text) => process.stdout.write(text),
    say: (line) => process.stderr.write(`${line}\n`),
    isTerminal: process.stdout.isTTY === true,
    ask: askOnTerminal,
    onStopSignal(listener) {
      for (const signal of stopSignals) process.on(signal, listener);
      return () => {
        for (const signal of stopSignals) process.off(signal, listener);
      };
    },
  };
}

async function askOnTerminal(question: string): Promise<string | null> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return null;
  const input = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string | null>((resolve, reject) => {
      input.once('close', () => resolve(null));
      input.question(question).then(resolve, reject);
    });
  } finally {
    input.close();
  }
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function createProgram(surroundings: Surroundings): Command {
  const program = new Command('nunba-node')
    .description('Chat with agents that run on your own computer.')
    .version(surroundings.program.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', helpText)
    .showHelpAfterError('(nunba-node --help lists the commands)')
    .configureOutput({ writeOut: surroundings.print, writeErr: (text) => surroundings.say(text.trimEnd()) })
    .exitOverride();
  const add = (name: string, description: string): Command =>
    program.command(name).description(description).option('--data <folder>', 'data folder');
  const finish = async (work: Promise<number>): Promise<void> => {
    process.exitCode = await work;
  };

  addServeOptions(add('serve', 'start the node and keep it running'))
    .option('--ui', 'also serve the page, and print its address')
    .option('--open', 'also open the page in a window')
    .action(async (options: ServeFlags) => {
      const { serve } = await import('./serve.ts');
      await finish(
        serve(
          surroundings,
          { ...flagsOf(options), ...serveFlags({ ...options }) },
          { ui: options.ui === true, open: options.open === true },
        ),
      );
    });
  add('status', 'say what the node is doing')
    .option('--json', 'as JSON')
    .action(async (options: CommonFlags & { readonly json?: true }) => {
      const { printStatus } = await import('./status.ts');
      await finish(printStatus(surroundings, flagsOf(options), options.json === true));
    });
  add('pause', 'stop what agents do, and let them begin nothing until resume').action(async (options: CommonFlags) => {
    const { pauseAgents } = await import('./pause.ts');
    await finish(pauseAgents(surroundings, flagsOf(options), 'agents.pause'));
  });
  add('resume', 'let agents work again').action(async (options: CommonFlags) => {
    const { pauseAgents } = await import('./pause.ts');
    await finish(pauseAgents(surroundings, flagsOf(options), 'agents.resume'));
  });
  add('token', 'print the token of the API').action(async (options: CommonFlags) => {
    const { printToken } = await import('./token.ts');
    await finish(printToken(surroundings, flagsOf(options)));
  });
  add('chat', 'ask an agent; the answer is printed as it comes')
    .argument('<text>', 'what to ask')
    .option('--agent <id>', 'who answers, such as guide or researcher')
    .action(async (text: string, options: CommonFlags & { readonly agent?: string }) => {
      const { chat } = await import('./chat.ts');
      await finish(chat(surroundings, flagsOf(options), { text, agentId: options.agent ?? null }));
    });
  add('doctor', 'check what a node needs, and say how to mend what is missing').action(async (options: CommonFlags) => {
    const { doctor } = await import('./doctor.ts');
    await finish(doctor(surroundings, flagsOf(options)));
  });
  add('config', 'print every value in force and where it comes from').action(async (options: CommonFlags) => {
    const { printConfig } = await import('./config.ts');
    await finish(printConfig(surroundings, flagsOf(options)));
  });
  add('stop', 'stop the node that runs in the data folder').action(async (options: CommonFlags) => {
    const { stop } = await import('./stop.ts');
    await finish(stop(surroundings, flagsOf(options)));
  });
  addHiveCommands(program, surroundings, finish);
  return program;
}

interface CommonFlags {
  readonly data?: string;
}

interface ServeFlags extends CommonFlags {
  readonly ui?: true;
  readonly open?: true;
}

const flagsOf = ({ data }: CommonFlags): Flags => (data === undefined ? {} : { dataFolder: data });

/** Says what went wrong and gives the exit code. Commander has said its own part already. */
export function explain(error: unknown, { say }: Surroundings): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const failure = failureOf(error);
  if (failure) say(describeFailure(failure));
  else say(maskSecrets(`Something went wrong that should not have: ${error instanceof Error ? error.stack : error}`));
  return exitCodes.failed;
}
