import { sql } from 'kysely';
import type { SearchHit } from '../api/conversation-views.ts';
import type { FoundMessage } from '../protocol/ports/chat-reader.ts';
import { expressionOfAll, expressionOfAny, matchMarks, snippetPieces, wordsOf } from '../protocol/search-query.ts';
import type { Database } from './message-store.ts';

/** Words of a snippet around its first match; FTS5 takes at most 64. */
const snippetWords = 24;

/** Newest messages with one of the words that are compared when not enough hold all of them. */
const mostCandidates = 300;

/** Words as short as this say little in a question. */
const shortWord = 2;

/**
 * Messages that hold every word of the query, newest first; the last word may be a beginning. The index is read from
 * its newest end, so a word that stands everywhere costs no more than a rare one.
 */
export async function searchMessages(db: Database, query: string, limit: number): Promise<SearchHit[]> {
  const expression = expressionOfAll(query);
  if (expression === null) return [];
  const { rows } = await sql<Omit<SearchHit, 'snippet'> & { marked: string }>`
    SELECT conversations.id AS conversationId, conversations.title AS conversationTitle, messages.id AS messageId,
      messages.role, messages.created_at AS createdAt,
      snippet(messages_text, 0, ${matchMarks.begin}, ${matchMarks.end}, ${sql.lit('…')}, ${sql.lit(snippetWords)}) AS marked
    FROM messages_text
    CROSS JOIN messages ON messages.number = messages_text.rowid
    CROSS JOIN conversations ON conversations.id = messages.conversation_id
    WHERE messages_text MATCH ${expression} AND conversations.deleted_at IS NULL
    ORDER BY messages_text.rowid DESC LIMIT ${limit}
  `.execute(db);
  return rows.map(({ marked, ...hit }) => ({ ...hit, snippet: [...snippetPieces(marked)] }));
}

/**
 * Messages for an agent's question, best first: those with every word, newest first; then, if there are not enough,
 * those with most of them among the newest that hold any.
 */
export async function findMessages(db: Database, query: string, limit: number): Promise<readonly FoundMessage[]> {
  const all = expressionOfAll(query);
  if (all === null) return [];
  const found = await matching(db, all, limit);
  if (found.length >= limit) return found;
  const words = tellingWords(query);
  const any = expressionOfAny(words);
  if (any === null || words.length < 2) return found;
  const known = new Set(found.map((message) => message.messageId));
  const others = (await matching(db, any, mostCandidates)).filter((message) => !known.has(message.messageId));
  const scored = others.map((message) => ({ message, score: countWords(message.text, words) }));
  scored.sort((a, b) => b.score - a.score);
  return [...found, ...scored.map(({ message }) => message)].slice(0, limit);
}

async function matching(db: Database, expression: string, limit: number): Promise<readonly FoundMessage[]> {
  const { rows } = await sql<FoundMessage>`
    SELECT conversations.id AS conversationId, conversations.title AS conversationTitle, messages.id AS messageId,
      messages.role, messages.created_at AS createdAt, messages.text
    FROM messages_text
    CROSS JOIN messages ON messages.number = messages_text.rowid
    CROSS JOIN conversations ON conversations.id = messages.conversation_id
    WHERE messages_text MATCH ${expression} AND conversations.deleted_at IS NULL
    ORDER BY messages_text.rowid DESC LIMIT ${limit}
  `.execute(db);
  return rows;
}

const tellingWords = (query: string): readonly string[] => {
  const words = wordsOf(query);
  const long = words.filter((word) => word.length > shortWord);
  return long.length > 0 ? long : words;
};

const countWords = (text: string, words: readonly string[]): number => {
  const lower = text.toLowerCase();
  return words.filter((word) => lower.includes(word.toLowerCase())).length;
};
