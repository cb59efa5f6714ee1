import { FailureError } from '../../../api/failures.ts';
import type { CollectionView, KnowledgeView } from '../../../api/knowledge-views.ts';
import type { Clock } from '../../../protocol/ports/clock.ts';
import type { Storage } from '../../../storage/storage.ts';
import type { RootReport } from '../indexer-messages.ts';
import { placeBelow } from '../indexing/walk-root.ts';
import type { KnowledgeMeaning } from '../meaning/knowledge-meaning.ts';
import type { PageStart } from '../text/pages.ts';
import { purgeCollections, readChatCollections, readCollections, type StoredCollection } from './collection-store.ts';
import { viewOfCollection } from './collection-views.ts';
import { type IndexerLink, type IndexerTrouble, IndexerUnreachable } from './indexer-link.ts';
import { isWithin } from './resolve-root.ts';

interface CollectionsParts {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly clock: Clock;
  readonly link: IndexerLink;
  readonly meaning: Pick<KnowledgeMeaning, 'ofQuery' | 'state'>;
}

/** A passage with the collection that it belongs to. */
export interface KnownPassage {
  readonly collection: Pick<StoredCollection, 'id' | 'name'>;
  readonly rootId: string;
  /** Absolute path of the file. */
  readonly file: string;
  readonly name: string;
  readonly line: number;
  /** The page of a document that it stands on, counted from 1; `null` where there are no pages. */
  readonly page: number | null;
  readonly text: string;
}

/** What a search has found, best first. */
export interface FoundPassages {
  readonly passages: readonly KnownPassage[];
  /** Whether it was known in time what the query means, so that other words were found too. */
  readonly byMeaning: boolean;
}

/** Where a file of a collection stands. */
export interface FilePlace {
  readonly collection: StoredCollection;
  readonly rootId: string;
  /** Below the root, with slashes; empty where the root is the file. */
  readonly below: string;
}

/** Lines of a file as it is now. */
export interface ReadLines {
  readonly name: string;
  readonly totalLines: number;
  readonly lines: readonly string[];
  /** The file is another one than was indexed. */
  readonly isChanged: boolean;
  /** They are the text of a document, as it was when it was indexed. */
  readonly isDocument: boolean;
  /** Where pages of a document begin in these lines; the first line begins one in any case. Empty where there are none. */
  readonly pages: readonly PageStart[];
}

/** All collections with what the indexer tells of them. */
export class Collections {
  readonly #parts: CollectionsParts;
  #stored: readonly StoredCollection[] = [];
  readonly #reports = new Map<string, RootReport>();
  #indexBytes = 0;
  #rebuiltAt: number | null = null;
  #trouble: IndexerTrouble | null = null;
  readonly #watchers = new Set<(view: KnowledgeView) => void>();
  readonly #chatWatchers = new Map<() => void, string>();
  #end: (() => void) | null = null;

  constructor(parts: CollectionsParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { storage, clock } = this.#parts;
    await purgeCollections(storage.db, clock.now());
    await this.reload();
    this.#end = storage.onReplaced(() => this.reload());
  }

  stop(): void {
    this.#end?.();
    this.#watchers.clear();
    this.#chatWatchers.clear();
  }

  /** Takes over what the database says, tells the indexer and everybody who watches. */
  async reload(): Promise<void> {
    this.#stored = await readCollections(this.#parts.storage.db);
    const roots = new Set(this.#stored.flatMap((collection) => collection.roots.map(({ id }) => id)));
    for (const id of this.#reports.keys()) if (!roots.has(id)) this.#reports.delete(id);
    this.#parts.link.configure(this.#stored.map((each) => ({ ...each, roots: [...each.roots] })));
    this.#tell();
    this.tellChats();
  }

  report(roots: readonly RootReport[], indexBytes: number): void {
    this.#reports.clear();
    for (const root of roots) this.#reports.set(root.id, root);
    this.#indexBytes = indexBytes;
    this.#tell();
  }

  /** How the search by meaning stands may have changed. */
  changed(): void {
    this.#tell();
  }

  rebuilt(): void {
    this.#rebuiltAt = this.#parts.clock.now();
    this.#tell();
  }

  trouble(trouble: IndexerTrouble | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#tell();
  }

  all(): readonly StoredCollection[] {
    return this.#stored;
  }

  /** Throws `not-found`. */
  require(id: string): StoredCollection {
    const found = this.#stored.find((collection) => collection.id === id);
    if (!found) throw new FailureError({ kind: 'not-found', what: 'collection' });
    return found;
  }

  /** Throws `not-found`. */
  view(id: string): CollectionView {
    return viewOfCollection(this.require(id), this.#reports, this.#trouble);
  }

  watch(listener: (view: KnowledgeView) => void): () => void {
    this.#watchers.add(listener);
    listener(this.#view());
    return () => this.#watchers.delete(listener);
  }

  /** Told when the collections of that conversation may have changed. */
  watchChat(conversationId: string, listener: () => void): () => void {
    this.#chatWatchers.set(listener, conversationId);
    return () => this.#chatWatchers.delete(listener);
  }

  /** @param conversationId `undefined`: of all conversations */
  tellChats(conversationId?: string): void {
    for (const [listener, watched] of this.#chatWatchers) {
      if (conversationId === undefined || watched === conversationId) listener();
    }
  }

  /** Collections that an agent answers from in a conversation: its own, and those of the conversation. */
  async ofAnswer(agents: readonly string[], conversationId: string): Promise<readonly StoredCollection[]> {
    const ofChat = await readChatCollections(this.#parts.storage.db, conversationId);
    return this.#stored.filter(({ id, roots }) => roots.length > 0 && (agents.includes(id) || ofChat.includes(id)));
  }

  /** The best passages of these collections: by words, and where it is wanted and can be, by meaning too. Throws IndexerUnreachable, or the signal's reason. */
  async search(
    collections: readonly StoredCollection[],
    order: { readonly query: string; readonly limit: number; readonly isTyping: boolean; readonly byMeaning: boolean },
    signal: AbortSignal,
  ): Promise<FoundPassages> {
    const { query, limit, isTyping, byMeaning } = order;
    const rootIds = collections.flatMap(({ roots }) => roots.map(({ id }) => id));
    if (rootIds.length === 0) return { passages: [], byMeaning: false };
    const meaning = byMeaning ? await this.#parts.meaning.ofQuery(query, signal) : null;
    const { passages: found } = await this.#parts.link.ask(
      { kind: 'search', rootIds, query, limit, isTyping, meaning },
      signal,
    );
    const passages = found.flatMap(({ rootId, path, ...found }): readonly KnownPassage[] => {
      const collection = collections.find(({ roots }) => roots.some(({ id }) => id === rootId));
      const root = collection?.roots.find(({ id }) => id === rootId);
      if (!collection || !root) return [];
      return [{ collection, rootId, file: placeBelow(root.path, path), ...found }];
    });
    return { passages, byMeaning: meaning !== null };
  }

  /** Where collections hold a file, as far as paths tell; several, where they overlap. */
  placesOf(file: string): readonly FilePlace[] {
    return this.#stored.flatMap((collection) =>
      collection.roots
        .filter(({ path }) => isWithin(file, path))
        .map((root) => {
          const below = file.slice(root.path.length).replaceAll('\\', '/').replace(/^\/+/, '');
          return { collection, rootId: root.id, below };
        }),
    );
  }

  /** Lines of a file that stands in the index; `null` for any other. Throws IndexerUnreachable. */
  async lines(
    { rootId, below }: FilePlace,
    range: { readonly from: number; readonly count: number },
    signal: AbortSignal,
  ): Promise<ReadLines | null> {
    const { lines, ...found } = await this.#parts.link.ask({ kind: 'read', rootId, path: below, ...range }, signal);
    return lines === null ? null : { ...found, lines };
  }

  #view(): KnowledgeView {
    return {
      collections: this.#stored.map((collection) => viewOfCollection(collection, this.#reports, this.#trouble)),
      indexBytes: this.#indexBytes,
      rebuiltAt: this.#rebuiltAt,
      meaning: this.#parts.meaning.state(),
    };
  }

  #tell(): void {
    const view = this.#view();
    for (const listener of this.#watchers) listener(view);
  }
}

/** What a person is told when the index cannot be asked; any other error as it is. */
export function explainUnreachable(error: unknown): unknown {
  return error instanceof IndexerUnreachable
    ? new FailureError({ kind: 'index-unavailable' }, { cause: error })
    : error;
}
