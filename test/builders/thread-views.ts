import type {
  AssistantMessageView,
  ConversationView,
  UserMessageView,
} from '../../node-core/api/conversation-views.ts';
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
