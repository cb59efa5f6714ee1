/** The table of tool servers (migration 5). Times are ms since the epoch. */
export interface ToolServerSchema {
  tool_servers: ToolServerTable;
}

export interface ToolServerTable {
  id: string;
  /** Begins the names of its tools; stays when the name changes. */
  slug: string;
  name: string;
  /** Command, arguments, folder and names of the environment, or address and names of headers: never a value. */
  definition_json: string;
  /** The line that the person confirmed last; `null`: none. */
  confirmed_line: string | null;
  /** The tools that it listed last. */
  tools_json: string;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}
