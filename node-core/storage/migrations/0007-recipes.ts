import type { Migration } from '../migrate.ts';

const tables = `
`;

/** Recipes, their runs and their schedules. */
export const recipeTables: Migration = {
  version: 7,
  up: (raw) => raw.exec(tables),
};
