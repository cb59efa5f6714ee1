import { createKnowledge, type Knowledge } from '../agents/knowledge/create-knowledge.ts';
import type { FolderPlaces } from '../platform/data-folder.ts';
import type { StopList } from '../platform/stop-list.ts';
import type { Host } from '../protocol/ports/host.ts';
import type { Log } from '../protocol/ports/log.ts';
import type { Storage } from '../storage/storage.ts';

/** Most memory of the indexer's JavaScript, MiB: a file of 20 MB is held several times over while it is read. */
const indexerMemoryMiB = 384;

interface KnowledgeBase {
  readonly host: Host;
  readonly folder: { readonly places: FolderPlaces };
  readonly log: Log;
  readonly ids: () => string;
  readonly storage: Storage;
  readonly stops: StopList;
}

/** Composes the collections of files; their indexer is a child of this node. */
export async function createNodeKnowledge(base: KnowledgeBase): Promise<Knowledge> {
  const { host, folder, stops } = base;
  const knowledge = await createKnowledge({
    ...base,
    clock: host.clock,
    folder: folder.places.knowledge,
    ownFolder: folder.places.root,
    fork: () => host.fork('indexer', { memoryMiB: indexerMemoryMiB }),
    openPath: (path) => host.openPath(path),
  });
  stops.add(() => knowledge.stop());
  return knowledge;
}
