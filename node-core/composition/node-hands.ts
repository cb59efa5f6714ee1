import { FileEffects } from '../agents/files/undo/effect-keeper.ts';
import { UndoStore } from '../agents/files/undo/undo-store.ts';
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
}

/** Everything with which agents do things, put together: permissions, tools and what they reach. */
export interface NodeHands {
  readonly hands: Hands;
  /** In order: where two have a tool of the same name, the earlier one's counts. */
  readonly sources: readonly ToolSource[];
  readonly handlers: Hands['handlers'];
  stop(): Promise<void>;
}

/** Puts the hands together. Reaches for nothing until an agent does. */
export async function createNodeHands({ places, version, ...options }: NodeHandsOptions): Promise<NodeHands> {
  const store = new UndoStore({ folder: places.undo, clock: options.clock });
  const hands = await createHands({ ...options, keeper: new FileEffects(store), folders: noFolders });
  return {
    hands,
    sources: [createWebTools(options.clock, version)],
    handlers: hands.handlers,
    stop: async () => hands.stop(),
  };
}

const noFolders = { list: () => [], onChange: () => () => undefined };
