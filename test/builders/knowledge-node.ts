import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Client } from '../../node-core/api/client.ts';
import type { CollectionView, KnowledgeView } from '../../node-core/api/knowledge-views.ts';
import type { NodeConfig } from '../../node-core/config/node-config.ts';
import { createNode } from '../../node-core/node.ts';
import { createPlainHost } from '../../node-core/platform/plain-host.ts';
import { findProgramFiles } from '../../node-core/platform/program-files.ts';
import type { ForkedChild } from '../../node-core/protocol/ports/host.ts';
import { nodeConfig } from './node-config.ts';
import { tempFolder } from './temp-folder.ts';

/** A node of this process whose indexer is a real child. */
export interface KnowledgeNode {
  readonly client: Client;
  /** The data folder. */
  readonly folder: string;
  readonly indexFile: string;
  /** Indexers that were started, oldest first. */
  readonly indexers: readonly ForkedChild[];
  /** Engines that were started, oldest first. */
  readonly engines: readonly ForkedChild[];
  readonly views: readonly KnowledgeView[];
  /** The collection once it is as wanted. */
  until(id: string, isWanted: (collection: CollectionView) => boolean): Promise<CollectionView>;
  ready(id: string): Promise<CollectionView>;
  /** Names and lines of what a person finds. */
  find(query: string, byMeaning?: boolean): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Longest wait of `until`, ms; long, for a busy computer. */
const untilMs = 30_000;

/** Starts a node; it is stopped when the test ends. */
export async function startKnowledgeNode(
  folder = path.join(tempFolder(), 'data'),
  part: Partial<NodeConfig> = {},
): Promise<KnowledgeNode> {
  const host = createPlainHost(findProgramFiles(import.meta.dirname));
  const indexers: ForkedChild[] = [];
  const engines: ForkedChild[] = [];
  const node = await createNode(nodeConfig(folder, part), {
    ...host,
    fork(program, options) {
      const child = host.fork(program, options);
      if (program === 'indexer') indexers.push(child);
      if (program === 'engine') engines.push(child);
      return child;
    },
  });
  onTestFinished(() => node.stop());
  const client = await node.client();
  const views: KnowledgeView[] = [];
  const listeners = new Set<() => void>();
  client.watch(
    'knowledge.watch',
    {},
    {
      next(view) {
        views.push(view);
        for (const listener of listeners) listener();
      },
    },
  );
  const until: KnowledgeNode['until'] = (id, isWanted) =>
    new Promise((resolve, reject) => {
      const last = (): CollectionView | undefined => views.at(-1)?.collections.find((each) => each.id === id);
      const end = (): void => {
        clearTimeout(timer);
        listeners.delete(look);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`The collection did not become what was wanted; it is ${JSON.stringify(last())}.`));
      }, untilMs);
      // At each view: what is so only for a moment would be missed otherwise.
      const look = (): void => {
        const collection = last();
        if (collection === undefined || !isWanted(collection)) return;
        end();
        resolve(collection);
      };
      listeners.add(look);
      look();
    });
  return {
    client,
    folder,
    indexFile: path.join(folder, 'knowledge', 'index.db'),
    indexers,
    engines,
    views,
    until,
    ready: (id) => until(id, ({ state }) => state.kind === 'ready'),
    async find(query, byMeaning = false) {
      const { hits } = await client.call('knowledge.search', { collectionId: null, query, limit: 10, byMeaning });
      return hits.map(({ name, line }) => `${name}:${line}`);
    },
    stop: () => node.stop(),
  };
}
