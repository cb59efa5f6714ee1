import path from 'node:path';
import type { CallHandlers, SubscriptionHandlers } from '../../../api/contract.ts';
import { FailureError } from '../../../api/failures.ts';
import type { CollectionView } from '../../../api/knowledge-views.ts';
import type { Storage } from '../../../storage/storage.ts';
import { nameOfRoot } from './collection-name.ts';
import {
  attachToChat,
  changeCollection,
  deleteCollection,
  deleteRoot,
  detachFromChat,
  insertCollection,
  insertRoot,
  readChatCollections,
  restoreCollection,
} from './collection-store.ts';
import { type Collections, explainUnreachable } from './collections.ts';
import type { IndexerLink } from './indexer-link.ts';
import { isWithin, resolveRoot } from './resolve-root.ts';
import { bestLine } from './snippet.ts';

interface HandlerParts {
  readonly storage: Pick<Storage, 'db'>;
  readonly clock: { now(): number };
  readonly ids: () => string;
  readonly ownFolder: string;
  readonly openPath: (path: string) => Promise<void>;
  readonly collections: Collections;
  readonly link: IndexerLink;
}

/** The share of collections in the contract. */
export interface KnowledgeHandlers {
  readonly calls: Pick<CallHandlers, Extract<keyof CallHandlers, `knowledge.${string}`>>;
  readonly subscriptions: Pick<SubscriptionHandlers, 'knowledge.watch' | 'knowledge.watchChat'>;
}

/** Lines that are shown around one line. */
const shown = { before: 30, count: 90 } as const;

/** Answers `knowledge.*`. */
export function createKnowledgeHandlers(parts: HandlerParts): KnowledgeHandlers {
  const { collections, link, clock, ids } = parts;
  const { db } = parts.storage;
  const changed = async (id: string): Promise<CollectionView> => {
    await collections.reload();
    return collections.view(id);
  };
  return {
    calls: {
      'knowledge.create': async ({ name, path: given }) => {
        const root = given === null ? null : await resolveRoot(given, parts.ownFolder);
        const id = ids();
        await insertCollection(db, id, name ?? nameOfRoot(root), clock.now());
        await collections.reload();
        if (root !== null) await insertRoot(db, collections.require(id), { id: ids(), path: root });
        return changed(id);
      },
      'knowledge.update': async ({ id, name, mostFiles, mostBytes }) => {
        await changeCollection(db, id, {
          ...(name === undefined ? {} : { name }),
          ...(mostFiles === undefined ? {} : { mostFiles }),
          ...(mostBytes === undefined ? {} : { mostBytes }),
        });
        return changed(id);
      },
      'knowledge.addRoot': async ({ id, path: given }) => {
        const collection = collections.require(id);
        const root = await resolveRoot(given, parts.ownFolder);
        const around = collection.roots.find((each) => isWithin(root, each.path) || isWithin(each.path, root));
        if (around) {
          throw new FailureError({ kind: 'invalid-input', field: 'the path', reason: overlap(root, around.path) });
        }
        await insertRoot(db, collection, { id: ids(), path: root });
        return changed(id);
      },
      'knowledge.removeRoot': async ({ id, rootId }) => {
        collections.require(id);
        await deleteRoot(db, id, rootId);
        return changed(id);
      },
      'knowledge.remove': async ({ id }) => {
        await deleteCollection(db, id, clock.now());
        await collections.reload();
        return {};
      },
      'knowledge.restore': async ({ id }) => {
        await restoreCollection(db, id);
        return changed(id);
      },
      'knowledge.reindex': async ({ id }) => {
        link.reindex(collections.require(id).roots.map((root) => root.id));
        return {};
      },
      'knowledge.pause': async ({ id, isPaused }) => {
        await changeCollection(db, id, { isPaused });
        return changed(id);
      },
      ...chatCalls(parts),
      ...lookCalls(parts),
    },
    subscriptions: {
      'knowledge.watch': (_input, sink) => collections.watch((view) => sink.next(view)),
      'knowledge.watchChat': async ({ conversationId }, sink) => {
        const tell = async (): Promise<void> =>
          sink.next({ collectionIds: [...(await readChatCollections(db, conversationId))] });
        await tell();
        return collections.watchChat(conversationId, () => void tell().catch(() => undefined));
      },
    },
  };
}

const chatCalls = ({ collections, storage }: HandlerParts) => ({
  'knowledge.attachToChat': async (input: { conversationId: string; collectionId: string }) => {
    collections.require(input.collectionId);
    await attachToChat(storage.db, input.conversationId, input.collectionId);
    collections.tellChats(input.conversationId);
    return {};
  },
  'knowledge.detachFromChat': async (input: { conversationId: string; collectionId: string }) => {
    await detachFromChat(storage.db, input.conversationId, input.collectionId);
    collections.tellChats(input.conversationId);
    return {};
  },
});

interface KnowledgeQuery {
  readonly collectionId: string | null;
  readonly query: string;
  readonly limit: number;
  readonly byMeaning: boolean;
}

const lookCalls = ({ collections, openPath }: HandlerParts) => ({
  'knowledge.search': async (input: KnowledgeQuery) => {
    const wanted = input.collectionId === null ? collections.all() : [collections.require(input.collectionId)];
    const { query, limit, byMeaning } = input;
    const order = { query, limit, isTyping: true, byMeaning };
    const found = await collections.search(wanted, order, new AbortController().signal).catch((error: unknown) => {
      throw explainUnreachable(error);
    });
    const hits = found.passages.map(({ collection, file, name, line, page, text }) => ({
      collectionId: collection.id,
      path: file,
      name,
      page,
      ...bestLine(text, line, input.query),
    }));
    return { hits, byMeaning: found.byMeaning };
  },
  'knowledge.lines': async (input: { path: string; line: number }) => {
    const from = Math.max(1, input.line - shown.before);
    const range = { from, count: shown.count };
    let found: Awaited<ReturnType<Collections['lines']>> = null;
    for (const place of collections.placesOf(input.path)) {
      found ??= await collections.lines(place, range, new AbortController().signal).catch((error: unknown) => {
        throw explainUnreachable(error);
      });
    }
    if (found === null) throw new FailureError({ kind: 'not-found', what: 'file' });
    const { name, totalLines, lines, isDocument, pages } = found;
    const page = pages.findLast(({ line }) => line <= input.line)?.page ?? null;
    return { name, path: input.path, from, totalLines, lines: [...lines], isDocument, page };
  },
  'knowledge.openFolder': async (input: { path: string }) => {
    if (collections.placesOf(input.path).length === 0) throw new FailureError({ kind: 'not-found', what: 'file' });
    await openPath(plainFolderOf(input.path));
    return {};
  },
});

/** The folder of a file, and of a program that is a folder the one around it: to open that would be to run it. */
export function plainFolderOf(file: string): string {
  const folder = path.dirname(file);
  const program = /^(.*?[\\/])[^\\/]+\.(?:app|action|bundle|command|prefpane|saver|service|workflow)(?=[\\/]|$)/i.exec(
    folder,
  );
  return program?.[1] ?? folder;
}

const overlap = (root: string, around: string): string =>
  root === around ? 'in this collection already' : `partly in this collection already, by ${around}`;
