import { type AgentFiles, createFiles } from '../agents/files/create-files.ts';
import type { FolderHandlers } from '../agents/files/folders/picked-folders.ts';
import { createHands, type Hands } from '../agents/hands/create-hands.ts';
import type { Notes } from '../agents/notes/create-notes.ts';
import { createOwnTools } from '../agents/own-tools.ts';
import type { ToolSource } from '../agents/tools/toolbox.ts';
import type { PickedFolderView } from '../api/hands-views.ts';
import type { ChildRecords } from '../platform/child-records.ts';
import type { FolderPlaces } from '../platform/data-folder.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Host } from '../protocol/ports/host.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Storage } from '../storage/storage.ts';

/** What the agents' hands are made of. */
export interface NodeHandsOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly log: Log;
  readonly places: FolderPlaces;
  readonly children: ChildRecords;
  readonly version: string;
  /** Whether an agent can be chosen; asked when a folder is picked for it. */
  readonly agentExists: (id: string) => boolean;
  readonly settings: SettingsStore;
  readonly host: Pick<Host, 'fork'>;
}

/** Most memory of the JavaScript that computes, MiB: a page of 2 MiB is held many times over while it is read. */
const reckonerMemoryMiB = 256;

/** Everything with which agents do things, put together: permissions, tools and what they reach. */
export interface NodeHands {
  readonly hands: Hands;
  /** In order: where two have a tool of the same name, the earlier one's counts. */
  readonly sources: readonly ToolSource[];
  readonly handlers: {
    readonly calls: Hands['handlers']['calls'] & FolderHandlers & Notes['handlers']['calls'];
    readonly subscriptions: Hands['handlers']['subscriptions'] & Notes['handlers']['subscriptions'];
  };
  stop(): Promise<void>;
}

/** Puts the hands together. Reaches for nothing until an agent does. */
export async function createNodeHands(options: NodeHandsOptions): Promise<NodeHands> {
  const { storage, clock, ids, log, places } = options;
  const files = await createFiles(options);
  const hands = await createHands({ storage, clock, ids, log, keeper: files.keeper, folders: files.folders });
  const own = await createOwnTools({
    ...options,
    dataFolder: places.root,
    fork: () => options.host.fork('reckoner', { memoryMiB: reckonerMemoryMiB }),
    pickedFolders: (place) => pickedFor(files.folders.list(), place),
  });
  const { notes } = own;
  return {
    hands,
    sources: [files.source, ...own.sources],
    handlers: {
      calls: { ...hands.handlers.calls, ...folderHandlers(files.folders, hands), ...notes.handlers.calls },
      subscriptions: { ...hands.handlers.subscriptions, ...notes.handlers.subscriptions },
    },
    stop: async () => {
      own.stop();
      hands.stop();
      files.stop();
    },
  };
}

/** Paths of the folders that the person picked for an agent, or for a conversation. */
const pickedFor = (
  folders: readonly PickedFolderView[],
  { agentId, conversationId }: { readonly agentId: string; readonly conversationId: string },
): readonly string[] =>
  folders
    .filter(({ owner }) =>
      owner.kind === 'agent' ? owner.agentId === agentId : owner.conversationId === conversationId,
    )
    .map(({ path }) => path);

/** A folder that goes, or is part of a wider one now, takes along what was allowed in it: picked again, it is asked about anew. */
const folderHandlers = (folders: AgentFiles['folders'], hands: Hands): FolderHandlers => ({
  ...folders.handlers,
  'folders.add': (input) => withoutGone(folders, hands, async () => folders.handlers['folders.add'](input)),
  'folders.remove': (input) => withoutGone(folders, hands, async () => folders.handlers['folders.remove'](input)),
});

async function withoutGone<T>(
  folders: Pick<AgentFiles['folders'], 'list'>,
  hands: Pick<Hands, 'revokeAbout'>,
  change: () => Promise<T>,
): Promise<T> {
  const before = folders.list();
  const done = await change();
  const kept = new Set(folders.list().map(({ id }) => id));
  const gone = new Set(before.filter(({ id }) => !kept.has(id)).map(({ path }) => path));
  if (gone.size > 0) await hands.revokeAbout((subject) => subject.kind === 'folder' && gone.has(subject.folder));
  return done;
}
