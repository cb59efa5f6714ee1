/** The tables of knowledge (migration 6). The index itself is a file of its own, which is made anew from these. */
export interface KnowledgeSchema {
  knowledge_collections: CollectionTable;
  knowledge_roots: RootTable;
  knowledge_conversations: ConversationKnowledgeTable;
}

interface CollectionTable {
  id: string;
  name: string;
  most_files: number;
  most_bytes: number;
  is_paused: number;
  created_at: number;
  deleted_at: number | null;
}

interface RootTable {
  id: string;
  collection_id: string;
  /** Absolute, links followed. */
  path: string;
  /** Place within the collection, counted from 0. */
  position: number;
}

/** Which collections the agents of a conversation may answer from, besides their own. */
interface ConversationKnowledgeTable {
  conversation_id: string;
  collection_id: string;
}
