import type { CollectionView, KnowledgeView } from '../../node-core/api/knowledge-views.ts';

/** A collection of one folder that is up to date. */
export const aCollection = (part: Partial<CollectionView> = {}): CollectionView => ({
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  name: 'Notes',
  roots: [{ id: '01ARZ3NDEKTSV4RRFFQ69G5FAW', path: '/home/me/Notes' }],
  mostFiles: 20_000,
  mostBytes: 2 * 1024 ** 3,
  isPaused: false,
  state: { kind: 'ready', isWatched: true },
  files: 1234,
  bytes: 5_600_000,
  passages: 4_000,
  embedded: 0,
  skipped: [],
  ...part,
});

/** What the page is told of all collections. */
export const knowledgeView = (
  collections: readonly CollectionView[],
  part: Partial<KnowledgeView> = {},
): KnowledgeView => ({
  collections: [...collections],
  indexBytes: 1_000_000,
  rebuiltAt: null,
  meaning: { model: null, failure: null },
  ...part,
});
