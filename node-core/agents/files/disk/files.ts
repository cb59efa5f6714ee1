import type nodeFiles from 'node:fs/promises';

/** The file system, handed in so that tests can let it fail. */
export type Files = typeof nodeFiles;

/** The code of a failure of the file system (`ENOENT`), or an empty text. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whether nothing is there: not the thing, or not the folder it would be in. */
export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
