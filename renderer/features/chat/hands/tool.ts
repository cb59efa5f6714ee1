import type { MessagePart } from '../../../../node-core/api/conversation-views.ts';

/** One use of a tool, as it stands in an answer. */
export type Tool = Extract<MessagePart, { kind: 'tool' }>;
