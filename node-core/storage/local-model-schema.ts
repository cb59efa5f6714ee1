/** The tables of local models (migration 4). Times are ms since the epoch. */
export interface LocalModelSchema {
  local_models: LocalModelTable;
}

export interface LocalModelTable {
  id: string;
  source: 'catalogue' | 'person';
  name: string;
  /** Absolute. */
  path: string;
  size_bytes: number;
  /** Of the file when its header was checked; fractions are cut. */
  modified_at: number;
  header_json: string;
  added_at: number;
}
