import type { Generated, Selectable } from 'kysely';
import type { PickedFolderSchema } from './picked-folder-schema.ts';

/** The tables of what agents may do and did (migration 3). Times are ms since the epoch. */
export interface HandsSchema extends PickedFolderSchema {
  grants: GrantTable;
  deeds: DeedTable;
  deed_steps: DeedStepTable;
}

export interface GrantTable {
  id: string;
  agent_id: string;
  tool_name: string;
  /** A `DeedSubject`. */
  subject_json: string;
  /** `null`: in every conversation. */
  conversation_id: string | null;
  given_at: number;
}

interface DeedTable {
  /** Order in which they were begun. */
  number: Generated<number>;
  call_id: string;
  conversation_id: string;
  /** `null`: a program asked over HTTP. */
  message_id: string | null;
  agent_id: string;
  tool_name: string;
  arguments_json: string;
  deed_json: string;
  approval_json: string;
  /** `null` while it runs, and for ever if the program ended in the middle and nobody asked for its end yet. */
  outcome_json: string | null;
  undo: 'none' | 'possible' | 'undone' | 'changed';
  at: number;
}

/** A row as a query gives it. */
export type DeedRow = Selectable<DeedTable>;

export interface DeedStepTable {
  call_id: string;
  /** Order within the deed, from 0. */
  position: number;
  /** An `Effect`. */
  effect_json: string;
  /** `unknown`: the program ended in the middle and nothing can be looked at. `changed`: not taken back. */
  state: 'started' | 'done' | 'not-done' | 'unknown' | 'undone' | 'changed';
}
