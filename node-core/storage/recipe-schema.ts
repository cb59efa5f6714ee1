/** The tables of recipes (migration 7). Times are ms since the epoch; booleans 0 or 1. */
export interface RecipeSchema {
  recipes: RecipeTable;
  recipe_schedules: RecipeScheduleTable;
  recipe_runs: RecipeRunTable;
}

interface RecipeTable {
  id: string;
  draft_json: string;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}

interface RecipeScheduleTable {
  id: string;
  recipe_id: string;
  /** Rhythm, zone, values and what is done about missed runs. */
  plan_json: string;
  is_paused: number;
  /** `null`: never again. */
  next_at: number | null;
  /** The time that was planned for the newest run. */
  last_at: number | null;
  created_at: number;
}

export interface RecipeRunTable {
  id: string;
  recipe_id: string;
  /** `null`: the person began it. */
  schedule_id: string | null;
  /** `null`: it never got as far as a message. */
  message_id: string | null;
  conversation_id: string | null;
  /** The recipe as it was when the run began. */
  draft_json: string;
  values_json: string;
  /** `waiting`: for the person, who is asked about a deed. */
  state: 'queued' | 'running' | 'waiting' | 'done' | 'failed' | 'stopped' | 'missed';
  reason: string | null;
  /** Steps that are done. */
  step: number;
  /** The use of a tool that was begun and whose end was not noted. */
  call_id: string | null;
  /** What the steps that are done came to. */
  results_json: string;
  model_calls: number;
  planned_at: number;
  ended_at: number | null;
}
