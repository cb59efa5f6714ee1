import fs from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Embedder } from '../../protocol/ports/embedder.ts';
import type { ForkedChild } from '../../protocol/ports/host.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Storage } from '../../storage/storage.ts';
import type { ToolSource } from '../tools/toolbox.ts';
import { Collections } from './collections/collections.ts';
import { IndexerLink } from './collections/indexer-link.ts';
import { createKnowledgeHandlers, type KnowledgeHandlers } from './collections/knowledge-handlers.ts';
import { KnowledgeMeaning } from './meaning/knowledge-meaning.ts';
import { knowledgeTools } from './tools/knowledge-tools.ts';

export interface KnowledgeOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes a ULID. */
  readonly ids: () => string;
  /** Where the index is kept. */
  readonly folder: string;
  /** Nunba's own folder, which belongs to no collection. */
  readonly ownFolder: string;
  /** Starts the indexer. */
  readonly fork: () => ForkedChild;
  readonly openPath: (path: string) => Promise<void>;
}

/** Collections of files that agents answer from. */
export interface Knowledge {
  readonly tools: ToolSource;
  readonly handlers: KnowledgeHandlers;
  /** Whether there is a collection of that id. */
  readonly has: (id: string) => boolean;
  /** Lets files be searched by meaning, whenever there is a model for that. Once. */
  readonly startMeaning: (embedder: Embedder) => void;
  stop(): Promise<void>;
}

/** Opens the collections. The indexer is started where there is something to index, and reads nothing before. */
export async function createKnowledge(options: KnowledgeOptions): Promise<Knowledge> {
  const { storage, clock, log, folder, ownFolder, fork } = options;
  const link = new IndexerLink({
    fork,
    file: path.join(folder, 'index.db'),
    // Roots are as they really are, so what is left out of them has to be, too.
    excluded: await fs.realpath(ownFolder).catch(() => ownFolder),
    clock,
    log,
    onRoots: (roots, indexBytes) => {
      collections.report(roots, indexBytes);
      meaning.reported(roots);
    },
    onRebuilt: () => collections.rebuilt(),
    onTrouble: (trouble) => collections.trouble(trouble),
  });
  const meaning: KnowledgeMeaning = new KnowledgeMeaning({ link, clock, log, onChange: () => collections.changed() });
  const collections: Collections = new Collections({ storage, clock, link, meaning });
  await collections.start();
  return {
    tools: knowledgeTools(collections),
    handlers: createKnowledgeHandlers({ ...options, collections, link }),
    has: (wanted) => collections.all().some(({ id }) => id === wanted),
    startMeaning: (embedder) => meaning.start(embedder),
    stop: async () => {
      meaning.stop();
      collections.stop();
      await link.stop();
    },
  };
}
