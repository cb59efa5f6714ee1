import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import type { ChildRecords } from '../../platform/child-records.ts';
import { runShell, type ShellEnd } from '../../platform/run-shell.ts';
import { usualCommandSeconds } from '../../protocol/hands/deed.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { defineDeedTool, NothingDone, type Tool, type ToolContext, ToolRefusal } from '../tools/tool.ts';
import type { ToolSource, ToolTerms } from '../tools/toolbox.ts';

/** Longest command, in characters. */
const maxCommandChars = 8000;

/** Longest run, ms. */
const maxMs = 10 * 60_000;

/** Most bytes of output that are kept. */
const outputBytes = 64 * 1024;

/** What commands are run with. */
export interface CommandMeans {
  readonly clock: Clock;
  /** Where programs are noted while they run. */
  readonly children?: ChildRecords | undefined;
  /** Each conversation has a folder of its own below it, made when it is first used. */
  readonly scratchFolder: string;
  /** Folders that the person picked for this agent or this conversation, absolute. */
  readonly pickedFolders: (place: Pick<ToolContext, 'agentId' | 'conversationId'>) => readonly string[];
  /** Whether the person has switched commands on. */
  readonly isAllowed: () => Promise<boolean>;
}

/** Offers commands to agents that may, while the person has switched them on. */
export function createCommandTools(means: CommandMeans): ToolSource {
  const tool = createRunCommand(means);
  return {
    toolsFor: async ({ tools }: ToolTerms) =>
      tools.includes('run_command') && (await means.isAllowed()) ? [tool] : [],
  };
}

/** Runs a line in the system's shell, as the person and with all that the person may do, once they have allowed exactly it. */
export function createRunCommand(means: CommandMeans): Tool {
  return defineDeedTool({
    name: 'run_command',
    description:
      'Runs one command line in the system’s shell (sh, or cmd on Windows) and returns its output and exit code. The person is shown the exact line and decides. No input, no terminal; ends after `seconds`. Without `folder` it runs in a folder of this conversation’s own.',
    input: z.strictObject({
      command: z.string().min(1).max(maxCommandChars).describe('The line, exactly as it will be run.'),
      folder: z.string().min(1).max(4096).optional().describe('A folder that the person picked, absolute path.'),
      seconds: z
        .number()
        .int()
        .min(1)
        .max(maxMs / 1000)
        .default(usualCommandSeconds),
    }),
    limits: { timeMs: maxMs + 10_000, resultChars: outputBytes + 2000, perMinute: 20 },
    isOutside: true,
    async plan({ command, folder, seconds }, context) {
      refuseHidden(command);
      const place = folderFor(folder, means, context);
      return {
        kind: 'deed',
        deed: { kind: 'run-command', command, folder: place.folder, seconds },
        run: async ({ signal }, notes) => {
          // Switched off while the person was asked: it is not run.
          if (!(await means.isAllowed())) throw new ToolRefusal('Commands are switched off.');
          await refuseChanged(folder, means, context);
          if (place.isOwn) await makeOwn(place.folder);
          const line = { command, folder: place.folder, timeMs: seconds * 1000, outputBytes };
          signal.throwIfAborted();
          const value = await notes.act({ kind: 'outside', what: `${command} (in ${place.folder})` }, async () => {
            const ended = await runShell(line, means.clock, signal, means.children);
            // Killed in its middle: what it had done until then is not known.
            if (ended.kind === 'killed') signal.throwIfAborted();
            return describe(ended, seconds);
          });
          return { value, sources: [] };
        },
      };
    },
  });
}

/**
 * What a person cannot see in a line could do something that they did not allow. Line breaks are shown as they are, so
 * they may stay.
 */
function refuseHidden(command: string): void {
  if (/(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/u.test(command)) {
    throw new ToolRefusal('The command holds characters that cannot be seen. Write it without them.');
  }
}

/** Makes a conversation's own folder. A command may have put a link in its place, which would lead the next one elsewhere. */
async function makeOwn(folder: string): Promise<void> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await fs.lstat(folder)).isDirectory()) return;
  throw new ToolRefusal('The folder of this conversation is a link by now. Nothing was run.');
}

/** The person may have taken the folder back meanwhile, and a link in its place would lead the command elsewhere. */
async function refuseChanged(folder: string | undefined, means: CommandMeans, context: ToolContext): Promise<void> {
  if (folder === undefined) return;
  folderFor(folder, means, context);
  // One that is gone is told by the shell.
  const real = await fs.realpath(folder).catch(() => folder);
  const isSame = process.platform === 'win32' ? real.toLowerCase() === folder.toLowerCase() : real === folder;
  if (!isSame) throw new ToolRefusal('The folder is not where it was when it was picked. Nothing was run.');
}

function folderFor(
  folder: string | undefined,
  { pickedFolders, scratchFolder }: CommandMeans,
  context: ToolContext,
): { readonly folder: string; readonly isOwn: boolean } {
  if (folder === undefined) return { folder: path.join(scratchFolder, context.conversationId), isOwn: true };
  const picked = pickedFolders(context);
  if (picked.includes(folder)) return { folder, isOwn: false };
  const known = picked.length === 0 ? 'They picked none.' : `They picked: ${picked.join(', ')}.`;
  throw new ToolRefusal(
    `Commands run only in folders that the person picked. ${known} Leave \`folder\` out for this conversation’s own.`,
  );
}

const describe = ({ kind, code, output }: ShellEnd, seconds: number) => {
  if (kind === 'not-started')
    throw new NothingDone('The command could not be started: its folder or the shell is missing.');
  const ends = {
    exited: `ended with exit code ${code}`,
    killed: 'was ended by a signal',
    'timed-out': `was ended because it took longer than ${seconds} s`,
  };
  return { end: ends[kind], exitCode: code, output: output === '' ? '(no output)' : output };
};
