import type { CallArgument, CallHandlers, CallResult } from '../api/contract.ts';
import type { ChatContext } from './chat-context.ts';
import { requireConversation } from './conversation-store.ts';
import { type ExportPlace, readCursor, writeCursor } from './export-cursor.ts';
import { jsonExport } from './export-json.ts';
import { markdownExport } from './export-markdown.ts';
import { countMessages, type ExportFormat, type ExportScope, nextConversation } from './export-steps.ts';

/** An answer holds at least this much text, in UTF-16 units, unless the export ends; a step adds at most about 1 MiB. */
const enoughText = 512 * 1024;

/** Answers `exports.read`, piece by piece, so that a large export never stands in one frame. */
export function createExportHandlers(context: ChatContext): { readonly calls: Pick<CallHandlers, 'exports.read'> } {
  return { calls: { 'exports.read': (input) => read(context, input) } };
}

type Input = CallArgument<'exports.read'>;

async function read({ storage, clock, agentName }: ChatContext, input: Input): Promise<CallResult<'exports.read'>> {
  const { db } = storage;
  const at = clock.now();
  const scope: ExportScope = { db, conversationId: input.conversationId, agentName, at };
  const row = input.conversationId === null ? null : await requireConversation(db, input.conversationId);
  const format = input.format === 'json' ? jsonExport : markdownExport;
  const begun = input.cursor === null ? format.head(scope) : '';
  const from = input.cursor === null ? await nextConversation(scope, null, 0) : readCursor(input.cursor);
  const { text, next } = await collect(format, scope, from);
  const totalCount = await countMessages(db, input.conversationId);
  return {
    fileName: fileName(row?.title ?? 'nunba-chats', at, input.format),
    text: begun + text,
    next: next === null ? null : writeCursor(next),
    doneCount: next === null ? totalCount : Math.min(doneOf(next, input.format), totalCount),
    totalCount,
  };
}

async function collect(format: ExportFormat, scope: ExportScope, from: ExportPlace) {
  const pieces: string[] = [];
  let length = 0;
  let next: ExportPlace | null = from;
  while (next !== null && length < enoughText) {
    const step = await format.step(scope, next);
    pieces.push(step.text);
    length += step.text.length;
    next = step.next;
  }
  return { text: pieces.join(''), next };
}

/** Markdown counts a conversation's messages when it is done, and its place on the branch until then. */
const doneOf = (place: ExportPlace, format: Input['format']): number =>
  place.at === 'messages' && format === 'markdown' ? place.done + place.after : place.done;

/** Letters and digits of the title, the day, and the ending of the format. */
function fileName(title: string, at: number, format: Input['format']): string {
  const words = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  const day = new Date(at).toISOString().slice(0, 10);
  return `${words === '' ? 'conversation' : words}-${day}.${format === 'json' ? 'json' : 'md'}`;
}
