import path from 'node:path';
import type { ChildRecords } from '../platform/child-records.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Storage } from '../storage/storage.ts';
import { type CommandMeans, createCommandTools } from './commands/run-command.ts';
import { createNotes, type Notes } from './notes/create-notes.ts';
import { createNotesTool } from './notes/notes-tool.ts';
import { createCalculate } from './reckoning/calculate.ts';
import { createDateTool } from './reckoning/date-tool.ts';
import type { ToolSource } from './tools/toolbox.ts';
import { createWebTools } from './web/web-tools.ts';

/** What Nunba's own tools are made of. */
export interface OwnToolsOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  /** Where programs are noted while they run. */
  readonly children?: ChildRecords | undefined;
  /** Makes a ULID. */
  readonly ids: () => string;
  /** Version of Nunba. */
  readonly version: string;
  /** Commands of a conversation run in `scratch/<conversation>` below it. */
  readonly dataFolder: string;
  readonly pickedFolders: CommandMeans['pickedFolders'];
}

/** The tools that come with Nunba, besides those for chats, files and knowledge. */
export interface OwnTools {
  readonly sources: readonly ToolSource[];
  readonly notes: Notes;
  stop(): void;
}

/** Puts the tools together. Contacts nobody and runs nothing. */
export async function createOwnTools(options: OwnToolsOptions): Promise<OwnTools> {
  const { storage, settings, clock, ids, version, dataFolder, pickedFolders } = options;
  const notes = await createNotes({ storage, clock, ids });
  const zone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const plain = [createNotesTool(notes), createCalculate(), createDateTool(() => clock.now(), zone)];
  const commands = createCommandTools({
    clock,
    children: options.children,
    scratchFolder: path.join(dataFolder, 'scratch'),
    pickedFolders,
    isAllowed: async () => (await settings.get()).allowCommands,
  });
  return {
    sources: [createWebTools(clock, version), choosing(plain), commands],
    notes,
    stop: () => notes.stop(),
  };
}

/** Those of the tools that an agent has, by their names. */
const choosing = (all: Awaited<ReturnType<ToolSource['toolsFor']>>): ToolSource => ({
  toolsFor: async ({ tools }) => all.filter(({ name }) => tools.some((each) => each === name)),
});
