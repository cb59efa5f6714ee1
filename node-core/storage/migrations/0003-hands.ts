import type { Migration } from '../migrate.ts';

const tables = `
`;

/** Permissions that the person gave, picked folders, and what agents did. */
export const handsTables: Migration = {
  version: 3,
  up: (raw) => raw.exec(tables),
};
