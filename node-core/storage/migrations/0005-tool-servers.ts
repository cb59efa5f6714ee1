import type { Migration } from '../migrate.ts';

const tables = `
`;

/** Tool servers that the person added. */
export const toolServerTables: Migration = {
  version: 5,
  up: (raw) => raw.exec(tables),
};
