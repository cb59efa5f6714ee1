import { createFiles } from '../agents/files/create-files.ts';
import type { FolderHandlers } from '../agents/files/folders/picked-folders.ts';
import { createHands, type Hands } from '../agents/hands/create-hands.ts';
import type { ToolSource } from '../agents/tools/toolbox.ts';
import { createWebTools } from '../agents/web/web-tools.ts';
import type { FolderPlaces } from '../platform/data-folder.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { Storage } from '../storage/storage.ts';

/** What the agents' hands are made of. */
export interface NodeHandsOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly log: Log;
  readonly places: FolderPlaces;
  readonly version: string;
  /** Whether an agent can be chosen; asked when a folder is picked for it. */
  readonly agentExists: (id: string) => boolean;
}

/** Everything with which agents do things, put together: permissions, tools and what they reach. */
export interface NodeHands {
  readonly hands: Hands;
  /** In order: where two have a tool of the same name, the earlier one's counts. */
  readonly sources: readonly ToolSource[];
  readonly handlers: {
    readonly calls: Hands['handlers']['calls'] & FolderHandlers;
    readonly subscriptions: Hands['handlers']['subscriptions'];
  };
  stop(): Promise<void>;
}

/** Puts the hands together. Reaches for nothing until an agent does. */
export async function createNodeHands(options: NodeHandsOptions): Promise<NodeHands> {
  const { storage, clock, ids, log, version } = options;
  const files = await createFiles(options);
  const hands = await createHands({ storage, clock, ids, log, keeper: files.keeper, folders: files.folders });
  return {
    hands,
    sources: [files.source, createWebTools(clock, version)],
    handlers: { ...hands.handlers, calls: { ...hands.handlers.calls, ...files.folders.handlers } },
    stop: async () => {
      hands.stop();
      files.stop();
    },
  };
}
