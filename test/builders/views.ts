import type { AgentView } from '../../node-core/api/agent-views.ts';
import type {
  AssistantMessageView,
  ConversationView,
  UserMessageView,
} from '../../node-core/api/conversation-views.ts';
import type { ModelsView, ModelView } from '../../node-core/api/model-views.ts';
import { testId } from './ids.ts';

const alone = { index: 0, count: 1, previousId: null, nextId: null } as const;

/** A conversation as the page receives it. */
export function conversationView(fields: Partial<ConversationView> = {}): ConversationView {
  return {
    id: testId(1),
    title: 'Rename photos',
    agentId: 'nunba',
    model: null,
    parameters: { temperature: null, topP: null, maxOutputTokens: null },
    isPinned: false,
    createdAt: 1_000,
    updatedAt: 1_000,
    isRunning: false,
    ...fields,
  };
}

/** A prompt as the page receives it. */
export function userMessage(fields: Partial<UserMessageView> = {}): UserMessageView {
  return {
    role: 'user',
    id: testId(100),
    conversationId: testId(1),
    parentId: null,
    createdAt: 1_000,
    siblings: alone,
    text: 'Hello',
    attachments: [],
    ...fields,
  };
}

/** An answer as the page receives it. */
export function assistantMessage(fields: Partial<AssistantMessageView> = {}): AssistantMessageView {
  return {
    role: 'assistant',
    id: testId(101),
    conversationId: testId(1),
    parentId: testId(100),
    createdAt: 1_000,
    siblings: alone,
    agentId: 'nunba',
    state: { kind: 'complete', reason: 'complete' },
    parts: [{ kind: 'text', text: 'Hello to you' }],
    provenance: null,
    timing: null,
    ...fields,
  };
}

/** An agent as the page receives it. */
export function agentView(fields: Partial<AgentView> = {}): AgentView {
  return {
    id: 'nunba',
    name: 'Nunba',
    description: 'Helps with everything',
    instructions: 'Be kind.',
    greeting: 'What shall we do?',
    model: null,
    tools: [],
    source: 'shipped',
    engine: 'model',
    leaves: 'nothing',
    isDefault: true,
    ...fields,
  };
}

/** A model on this computer. */
export function modelView(fields: Partial<ModelView> = {}): ModelView {
  return {
    ref: 'local/qwen3-4b',
    providerId: 'local',
    modelId: 'qwen3-4b',
    location: { kind: 'this-computer' },
    canSee: false,
    ...fields,
  };
}

/** One provider with one model, which answers because it is the only one. */
export function modelsView(fields: Partial<ModelsView> = {}): ModelsView {
  return {
    providers: [
      {
        id: 'local',
        kind: 'openai-compatible',
        name: 'Ollama',
        url: 'http://127.0.0.1:11434/v1',
        location: { kind: 'this-computer' },
        source: 'found',
        setBy: null,
        hasKey: false,
        trustedCertificate: null,
        state: { kind: 'unknown' },
      },
    ],
    models: [modelView()],
    chosen: { model: modelView(), providerName: 'Ollama', reason: 'only-one' },
    programs: [],
    lookedAt: null,
    ...fields,
  };
}
