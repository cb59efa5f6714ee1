/** How much one collection may hold, in files and bytes, and what it may be set to. */
export const knowledgeLimits = {
  files: { usual: 20_000, least: 1, most: 100_000 },
  bytes: { usual: 2 * 1024 ** 3, least: 1024 ** 2, most: 20 * 1024 ** 3 },
  collections: 50,
  rootsPerCollection: 20,
  /** Passages of one collection that are searched by meaning: all are compared for each question. Those beyond are found by words. */
  meanings: 50_000,
} as const;
