import { z } from 'zod';
import type { FoundMessage } from '../../protocol/ports/chat-reader.ts';
import { linesOf } from './numbered-lines.ts';
import { defineTool, type Tool } from './tool.ts';

const defaultLimit = 8;
const maxLimit = 20;

/** Most lines that are shown of one message, and most characters of each. */
const maxLines = 8;
const maxLineChars = 400;

/** Looks through every conversation of the person and shows the lines that match, with their numbers. */
export const searchChats: Tool = defineTool({
  name: 'search_chats',
  isOutside: true,
  isQuotable: true,
  description:
    'Searches the messages of all conversations on this computer. Returns the best matches with the title of the conversation, the id of the message and the numbered lines that match.',
  input: z.strictObject({
    query: z.string().trim().min(1).max(300).describe('A few words that the message holds.'),
    limit: z.number().int().min(1).max(maxLimit).default(defaultLimit).describe('Most messages to return.'),
  }),
  async run({ query, limit }, { reader }) {
    const found = await reader.searchMessages(query, limit);
    return {
      value: { matches: found.map((message) => describeMatch(message, query)) },
      sources: found.map(({ conversationId, messageId, text }) => ({
        kind: 'message',
        conversationId,
        messageId,
        text,
      })),
    };
  },
});

const describeMatch = (message: FoundMessage, query: string) => ({
  conversation: message.conversationTitle,
  messageId: message.messageId,
  writtenBy: message.role === 'user' ? 'the person' : 'an agent',
  at: new Date(message.createdAt).toISOString(),
  lines: matchingLines(message.text, query),
});

/** The lines that hold a word of the query, or the first ones if none does (the words may be inflected). */
export function matchingLines(text: string, query: string): string {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const numbered = linesOf(text).map((line, index) => ({ line, number: index + 1 }));
  const matching = numbered.filter(({ line }) => words.some((word) => line.toLowerCase().includes(word)));
  return (matching.length > 0 ? matching : numbered.filter(({ line }) => line.trim() !== ''))
    .slice(0, maxLines)
    .map(({ line, number }) => `${number}: ${around(line, words)}`)
    .join('\n');
}

/** A long line, cut to the part around its first match. */
const around = (line: string, words: readonly string[]): string => {
  if (line.length <= maxLineChars) return line;
  const places = words.map((word) => line.toLowerCase().indexOf(word)).filter((at) => at >= 0);
  const start = Math.max(0, Math.min(...places, line.length) - maxLineChars / 4);
  const from = places.length === 0 ? 0 : start;
  const part = line.slice(from, from + maxLineChars);
  return `${from > 0 ? '… ' : ''}${part}${from + maxLineChars < line.length ? ' …' : ''}`;
};
