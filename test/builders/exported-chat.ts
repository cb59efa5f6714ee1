import { createHash } from 'node:crypto';
import type { CallResult } from '../../node-core/api/contract.ts';
import type { TestChat } from './chat.ts';
import { openTestChat } from './chat.ts';

/** An export put together from its pieces. */
export interface Exported {
  readonly text: string;
  readonly fileName: string;
  readonly pieces: number;
  readonly done: readonly number[];
  readonly total: number;
}

/** Reads an export to its end. */
export async function exported(
  { call }: TestChat,
  format: 'markdown' | 'json',
  conversationId: string | null = null,
): Promise<Exported> {
  const texts: string[] = [];
  const done: number[] = [];
  for (let cursor: string | null = null; ; ) {
    const piece: CallResult<'exports.read'> = await call('exports.read', { conversationId, format, cursor });
    texts.push(piece.text);
    done.push(piece.doneCount);
    if (piece.next === null) {
      return { text: texts.join(''), fileName: piece.fileName, pieces: texts.length, done, total: piece.totalCount };
    }
    if (piece.next.length > 200) throw new Error('The cursor is longer than the contract allows.');
    cursor = piece.next;
  }
}

/** Takes a text in, in pieces. */
export async function imported({ call }: TestChat, text: string) {
  const { id } = await call('imports.begin', {});
  for (let start = 0; start < text.length; start += 1000_000) {
    await call('imports.append', { id, text: text.slice(start, start + 1000_000) });
  }
  return call('imports.finish', { id });
}

/** The JSON without the time at which it was made. */
export const content = ({ text }: Exported): unknown => ({ ...(JSON.parse(text) as object), exportedAt: null });

/** All that the database holds of the chats. */
export const everything = async ({ storage }: TestChat): Promise<unknown> => ({
  conversations: await storage.db.selectFrom('conversations').selectAll().execute(),
  messages: await storage.db.selectFrom('messages').selectAll().execute(),
  attachments: (await storage.db.selectFrom('attachments').selectAll().execute()).map(({ bytes, ...row }) => ({
    ...row,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })),
  checklists: await storage.db.selectFrom('checklists').selectAll().execute(),
});

/** A picture that is too large for one piece of an export. */
export const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from(Array.from({ length: 1_500_000 }, (_, index) => (index * 7) % 251)),
]);

/** Two conversations with branches, attachments, tools, a failure, a deletion and a checklist. */
export async function fullChat(): Promise<{ open: TestChat; id: string }> {
  const open = await openTestChat();
  const { call, answerer, clock } = open;
  const id = await open.conversation();
  const add = (name: string, bytes: Buffer) =>
    call('attachments.add', { conversationId: id, name, mediaType: '', base64: bytes.toString('base64') });
  const plan = await add('plan.txt', Buffer.from('1. rest\n'));
  const photo = await add('photo.png', png);
  await add('unsent.txt', Buffer.from('never'));
  const sent = await call('thread.send', {
    conversationId: id,
    text: 'Plan my day',
    attachmentIds: [plan.id, photo.id],
  });
  const answer = await answerer.next();
  answer.say(
    {
      kind: 'provenance',
      provenance: {
        kind: 'model',
        ref: 'local/small',
        modelId: 'small',
        providerName: 'Ollama',
        location: { kind: 'this-computer' },
        reason: 'only-one',
      },
    },
    { kind: 'reasoning', text: 'Hm.' },
    { kind: 'tool-call', callId: 'c', toolName: 'read_attachment', arguments: { id: plan.id } },
    { kind: 'tool-outcome', canUndo: false, callId: 'c', outcome: { kind: 'done', value: { lines: ['1. rest'] } } },
    { kind: 'text', text: 'Rest first.' },
    {
      kind: 'checklist',
      items: [
        { text: 'rest', isDone: true },
        { text: 'eat', isDone: false },
      ],
    },
    {
      kind: 'citations',
      citations: [
        {
          quotation: '1. rest',
          source: { kind: 'attachment', attachmentId: plan.id, name: 'plan.txt', line: 1 },
          isFound: true,
        },
      ],
    },
  );
  answer.finish();
  await clock.advance(5);
  await call('thread.edit', { messageId: sent.userMessageId ?? '', text: 'Plan my week', attachmentIds: [plan.id] });
  (await answerer.next()).text('Long.');
  await clock.advance(5);
  await call('thread.stop', { conversationId: id });
  const hidden = await open.exchange(id, 'to be deleted', 'yes');
  await call('thread.delete', { messageId: hidden.userMessageId });
  await open.exchange(await open.conversation(), 'Another "conversation"', 'with \\ and \u2028 and 🐝');
  return { open, id };
}
