import type { Migration } from '../migrate.ts';

const tables = `
`;

/** Collections of files that agents answer from; their index is a file of its own. */
export const knowledgeTables: Migration = {
  version: 6,
  up: (raw) => raw.exec(tables),
};
