import path from 'node:path';
import type { ChildRecords } from '../platform/child-records.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Storage } from '../storage/storage.ts';
import type { CommandMeans } from './commands/run-command.ts';
import { keepScratchSmall } from './commands/scratch-folders.ts';
import { createNotes, type Notes } from './notes/create-notes.ts';
import type { Reckoner, ReckonerMeans } from './reckoner/reckoner.ts';
import { lateSource } from './tools/late-source.ts';
import type { ToolSource } from './tools/toolbox.ts';

/** What Nunba's own tools are made of. */
export interface OwnToolsOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Where programs are noted while they run. */
  readonly children?: ChildRecords | undefined;
  /** Makes a ULID. */
  readonly ids: () => string;
  /** Version of Nunba. */
  readonly version: string;
  /** Commands of a conversation run in `scratch/<conversation>` below it. */
  readonly dataFolder: string;
  readonly pickedFolders: CommandMeans['pickedFolders'];
  /** Starts the process that computes what takes long. */
  readonly fork: ReckonerMeans['fork'];
}

/** The tools that come with Nunba, besides those for chats, files and knowledge. */
export interface OwnTools {
  readonly sources: readonly ToolSource[];
  readonly notes: Notes;
  stop(): void;
}

/** Puts the tools together. Contacts nobody and runs nothing. */
export async function createOwnTools(options: OwnToolsOptions): Promise<OwnTools> {
  const { storage, clock, ids, version, log, dataFolder } = options;
  const notes = await createNotes({ storage, clock, ids });
  const reckoner = lateReckoner(options);
  const web = lateSource(async () => {
    const { createWebTools } = await import('./web/web-tools.ts');
    return createWebTools(clock, version, await reckoner.get());
  });
  const plain = lateSource(async () => plainTools(notes, clock, await reckoner.get()));
  const commands = lateSource(() => commandTools(options));
  const endSweeps = keepScratchSmall({ storage, clock, log, folder: path.join(dataFolder, 'scratch') });
  const stop = (): void => {
    endSweeps();
    reckoner.stop();
    notes.stop();
  };
  return { sources: [web, plain, commands], notes, stop };
}

async function plainTools(notes: Notes, clock: Clock, reckoner: Reckoner): Promise<ToolSource> {
  const { createNotesTool } = await import('./notes/notes-tool.ts');
  const { createCalculate } = await import('./reckoning/calculate.ts');
  const { createDateTool } = await import('./reckoning/date-tool.ts');
  const zone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return choosing([createNotesTool(notes), createCalculate(reckoner), createDateTool(() => clock.now(), zone)]);
}

async function commandTools({
  clock,
  children,
  dataFolder,
  pickedFolders,
  settings,
}: OwnToolsOptions): Promise<ToolSource> {
  const { createCommandTools } = await import('./commands/run-command.ts');
  return createCommandTools({
    clock,
    children,
    scratchFolder: path.join(dataFolder, 'scratch'),
    pickedFolders,
    isAllowed: async () => (await settings.get()).allowCommands,
  });
}

/** What computes, read when the first answer needs tools. */
function lateReckoner(means: ReckonerMeans): { get(): Promise<Reckoner>; stop(): void } {
  let reckoner: Promise<Reckoner> | null = null;
  const make = async (): Promise<Reckoner> => (await import('./reckoner/reckoner.ts')).createReckoner(means);
  return {
    get: () => {
      reckoner ??= make();
      return reckoner;
    },
    stop: () => void reckoner?.then((made) => made.stop()),
  };
}

/** Those of the tools that an agent has, by their names. */
const choosing = (all: Awaited<ReturnType<ToolSource['toolsFor']>>): ToolSource => ({
  toolsFor: async ({ tools }) => all.filter(({ name }) => tools.some((each) => each === name)),
});
