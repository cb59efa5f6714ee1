import Database from 'better-sqlite3';
import type { MessageView } from '../../node-core/api/conversation-views.ts';
import type { FakeAnswer } from '../doubles/answerer.ts';
import type { TestChat } from './chat.ts';

/** What another program would read from the file at this moment. */
export function readRows(file: string, sql: string): unknown[] {
  const raw = new Database(file, { readonly: true });
  try {
    return raw.prepare(sql).all();
  } finally {
    raw.close();
  }
}

/** The answers as they stand in the file. */
export const answersIn = (file: string) =>
  readRows(file, "SELECT turn, turn_json, parts_json, text FROM messages WHERE role = 'assistant'") as {
    turn: string;
    turn_json: string | null;
    parts_json: string;
    text: string;
  }[];

/** The end of the shown branch. */
export async function lastMessage({ call }: TestChat, conversationId: string): Promise<MessageView> {
  const { length } = await call('thread.page', { conversationId, from: 0, count: 1 });
  const { messages } = await call('thread.page', { conversationId, from: length - 1, count: 1 });
  const message = messages[0];
  if (!message) throw new Error('The conversation is empty.');
  return message;
}

/** A new conversation whose answer the test is about to write. */
export async function answered(open: TestChat, text = 'Hello'): Promise<{ id: string; answer: FakeAnswer }> {
  const id = await open.conversation();
  await open.call('thread.send', { conversationId: id, text, attachmentIds: [] });
  return { id, answer: await open.answerer.next() };
}
