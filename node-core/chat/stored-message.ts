import { z } from 'zod';
import {
  type AssistantMessageView,
  type AttachmentView,
  type MessagePart,
  type MessageView,
  partSchema,
  type TurnState,
  timingSchema,
  turnStateSchema,
  type UserMessageView,
} from '../api/conversation-views.ts';
import { provenanceSchema } from '../api/model-views.ts';
import type { MessageTable } from '../storage/schema.ts';

/** A message without its place among its versions, which only the tree knows. */
export type StoredMessage = StoredPrompt | StoredAnswer;
type StoredPrompt = Omit<UserMessageView, 'siblings'>;
export type StoredAnswer = Omit<AssistantMessageView, 'siblings'>;

/** A row as a query gives it: every column of a message but those that only the database needs. */
export type MessageRow = Pick<
  MessageTable,
  | 'id'
  | 'conversation_id'
  | 'parent_id'
  | 'role'
  | 'created_at'
  | 'text'
  | 'agent_id'
  | 'parts_json'
  | 'turn'
  | 'turn_json'
  | 'provenance_json'
  | 'timing_json'
>;

const partsSchema = z.array(partSchema);

/** Reads a row. JSON that cannot be read (any more) costs only what it said: the message itself stays readable. */
export function readMessage(row: MessageRow, attachments: readonly AttachmentView[]): StoredMessage {
  const base = {
    id: row.id,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    createdAt: row.created_at,
  };
  if (row.role === 'user') return { ...base, role: 'user', text: row.text, attachments: [...attachments] };
  return {
    ...base,
    role: 'assistant',
    agentId: row.agent_id ?? '',
    state: readTurn(row),
    parts: readParts(row),
    provenance: readJson(provenanceSchema, row.provenance_json),
    timing: readJson(timingSchema, row.timing_json),
  };
}

function readParts({ parts_json, text }: MessageRow): MessagePart[] {
  const parts = readJson(partsSchema, parts_json);
  if (parts) return parts;
  return text === '' ? [] : [{ kind: 'text', text }];
}

function readTurn({ turn, turn_json }: MessageRow): TurnState {
  const details = readJson(z.record(z.string(), z.unknown()), turn_json) ?? {};
  const parsed = turnStateSchema.safeParse({ ...details, kind: turn });
  return parsed.success ? parsed.data : { kind: 'interrupted' };
}

/** The columns of a turn's state. */
export function writeTurn(state: TurnState): Pick<MessageTable, 'turn' | 'turn_json'> {
  const { kind, ...details } = state;
  return { turn: kind, turn_json: Object.keys(details).length === 0 ? null : JSON.stringify(details) };
}

/** Reads a JSON column; `null` if there is none or it is not as its schema says. */
export function readJson<T>(schema: z.ZodType<T>, json: string | null): T | null {
  if (json === null) return null;
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

/** What an answer says in plain text: what search finds and what is told to the model. */
export const plainText = (parts: readonly MessagePart[]): string =>
  parts
    .flatMap((part) => (part.kind === 'text' ? [part.text] : []))
    .join('\n\n')
    .trim();

/** An answer whose tools all have an outcome: one that was at work when the answer ended was stopped. */
export const withoutOpenTools = (parts: readonly MessagePart[]): MessagePart[] =>
  parts.map((part) =>
    part.kind === 'tool' && part.outcome === null ? { ...part, outcome: { kind: 'stopped' as const } } : part,
  );

/** Uses of tools that were allowed and stopped: what they did until then is told by the deeds' records. */
export const unsettledCalls = (parts: readonly MessagePart[]): readonly string[] =>
  parts.flatMap((part) =>
    part.kind === 'tool' && part.approval.kind === 'given' && part.outcome?.kind === 'stopped' ? [part.callId] : [],
  );

/** Adds a message's place among its versions. */
export const withSiblings = (message: StoredMessage, siblings: MessageView['siblings']): MessageView => ({
  ...message,
  siblings,
});
