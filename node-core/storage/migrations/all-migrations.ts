import type { Migration } from '../migrate.ts';
import { firstSchema } from './0001-first-schema.ts';
import { trustTables } from './0002-trust.ts';

/** Every step from an empty database to the present schema, in order. A step that was released never changes. */
export const allMigrations: readonly Migration[] = [firstSchema, trustTables];
