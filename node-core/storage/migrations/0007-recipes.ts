import type { Migration } from '../migrate.ts';

const tables = `
CREATE TABLE recipes (
  id TEXT NOT NULL PRIMARY KEY,
  draft_json TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE recipe_schedules (
  id TEXT NOT NULL PRIMARY KEY,
  recipe_id TEXT NOT NULL REFERENCES recipes (id) ON DELETE CASCADE,
  plan_json TEXT NOT NULL,
  is_paused INTEGER NOT NULL,
  next_at INTEGER,
  last_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX recipe_schedules_recipe ON recipe_schedules (recipe_id);

-- A run outlives its schedule and its conversation: it tells what was done.
CREATE TABLE recipe_runs (
  id TEXT NOT NULL PRIMARY KEY,
  recipe_id TEXT NOT NULL REFERENCES recipes (id) ON DELETE CASCADE,
  schedule_id TEXT,
  message_id TEXT UNIQUE,
  conversation_id TEXT,
  draft_json TEXT NOT NULL,
  values_json TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'waiting', 'done', 'failed', 'stopped', 'missed')),
  reason TEXT,
  step INTEGER NOT NULL,
  call_id TEXT,
  results_json TEXT NOT NULL,
  model_calls INTEGER NOT NULL,
  planned_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX recipe_runs_recipe ON recipe_runs (recipe_id, planned_at);
CREATE INDEX recipe_runs_schedule ON recipe_runs (schedule_id, state);
`;

/** Recipes, their runs and their schedules. */
export const recipeTables: Migration = {
  version: 7,
  up: (raw) => raw.exec(tables),
};
