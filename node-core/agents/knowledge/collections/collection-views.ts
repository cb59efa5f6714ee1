import type { CollectionState, CollectionView, SkippedView } from '../../../api/knowledge-views.ts';
import type { RootReport } from '../indexer-messages.ts';
import type { StoredCollection } from './collection-store.ts';
import type { IndexerTrouble } from './indexer-link.ts';

/** What the person sees of a collection: what was set up, and what the indexer told of its roots. */
export function viewOfCollection(
  collection: StoredCollection,
  reports: ReadonlyMap<string, RootReport>,
  trouble: IndexerTrouble | null,
): CollectionView {
  const told = collection.roots.flatMap(({ id }) => reports.get(id) ?? []);
  return {
    ...collection,
    roots: [...collection.roots],
    state: stateOf(collection, told, trouble),
    files: told.reduce((sum, { files }) => sum + files, 0),
    bytes: told.reduce((sum, { bytes }) => sum + bytes, 0),
    passages: told.reduce((sum, { passages }) => sum + passages, 0),
    embedded: told.reduce((sum, { embedded }) => sum + embedded, 0),
    skipped: joined(told.flatMap(({ skipped }) => skipped)),
  };
}

/** The state that wants most to be known: trouble before work, work before rest. */
const stateOf = (
  { roots, isPaused }: StoredCollection,
  told: readonly RootReport[],
  trouble: IndexerTrouble | null,
): CollectionState => {
  if (roots.length === 0) return { kind: 'empty' };
  if (trouble !== null) return { kind: 'failed', reason: trouble };
  if (isPaused) return { kind: 'paused' };
  const states = told.map(({ state }) => state);
  const failed = states.find((state) => state.kind === 'failed');
  if (failed) return failed;
  const working = states.find((state) => state.kind === 'indexing') ?? states.find((state) => state.kind === 'looking');
  if (working) return working;
  const missing = roots.filter(({ id }) => told.some((root) => root.id === id && root.state.kind === 'missing'));
  if (missing.length > 0) return { kind: 'missing', paths: missing.map(({ path }) => path) };
  if (states.length < roots.length || states.some(({ kind }) => kind !== 'ready')) return { kind: 'waiting' };
  return { kind: 'ready', isWatched: states.every((state) => state.kind === 'ready' && state.isWatched) };
};

const joined = (all: readonly SkippedView[]): SkippedView[] =>
  [...Map.groupBy(all, ({ reason }) => reason)].map(([reason, each]) => ({
    reason,
    count: each.reduce((sum, { count }) => sum + count, 0),
    endings: [...new Set(each.flatMap(({ endings }) => endings))].slice(0, 5),
  }));
