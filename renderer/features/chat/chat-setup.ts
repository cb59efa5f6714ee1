import type { AgentView } from '../../../node-core/api/agent-views.ts';
import type { ConversationView } from '../../../node-core/api/conversation-views.ts';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import type { Answering } from './composer/answering-model.ts';

/** Who answers in a conversation and how, and what changes that. */
export interface ChatSetup {
  readonly agents: readonly AgentView[];
  /** `null`: removed in the meantime. */
  readonly agent: AgentView | null;
  readonly models: ModelsView;
  readonly answering: Answering;
  /** The model chosen for this conversation; `null`: Nunba decides. */
  readonly model: string | null;
  readonly parameters: ConversationView['parameters'];
  /** Ids of the collections of files that are attached to this conversation. */
  readonly knowledge: readonly string[];
  chooseAgent(agentId: string): void;
  attachKnowledge(collectionId: string, isAttached: boolean): void;
  chooseModel(ref: string | null): void;
  changeParameters(parameters: ConversationView['parameters']): void;
}

/** What the model decides by itself. */
export const unsetParameters: ConversationView['parameters'] = { temperature: null, topP: null, maxOutputTokens: null };
