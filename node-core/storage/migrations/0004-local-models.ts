import type { Migration } from '../migrate.ts';

const tables = `
`;

/** Local models. */
export const localModelTables: Migration = {
  version: 4,
  up: (raw) => raw.exec(tables),
};
