import type { Migration } from '../migrate.ts';
import { firstSchema } from './0001-first-schema.ts';
import { trustTables } from './0002-trust.ts';
import { handsTables } from './0003-hands.ts';
import { localModelTables } from './0004-local-models.ts';
import { toolServerTables } from './0005-tool-servers.ts';
import { knowledgeTables } from './0006-knowledge.ts';
import { recipeTables } from './0007-recipes.ts';

/** Every step from an empty database to the present schema, in order. A step that was released never changes. */
export const allMigrations: readonly Migration[] = [
  firstSchema,
  trustTables,
  handsTables,
  localModelTables,
  toolServerTables,
  knowledgeTables,
  recipeTables,
];
