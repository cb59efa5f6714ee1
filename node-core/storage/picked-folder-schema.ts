/** The folders that agents may see (migration 3). Exactly one of the two owners is set. */
export interface PickedFolderSchema {
  picked_folders: {
    id: string;
    agent_id: string | null;
    conversation_id: string | null;
    /** Absolute and real when it was picked. */
    path: string;
    /** ms since the epoch */
    picked_at: number;
  };
}
