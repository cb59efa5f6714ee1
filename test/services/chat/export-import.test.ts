import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallResult } from '../../../node-core/api/contract.ts';
import { archiveSchema } from '../../../node-core/chat/archive-format.ts';
import { openTestChat, type TestChat } from '../../builders/chat.ts';

interface Exported {
  readonly text: string;
  readonly fileName: string;
  readonly pieces: number;
  readonly done: readonly number[];
  readonly total: number;
}

async function exported(
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
    expect(piece.next.length).toBeLessThanOrEqual(200);
    cursor = piece.next;
  }
}

async function imported({ call }: TestChat, text: string) {
  const { id } = await call('imports.begin', {});
  for (let start = 0; start < text.length; start += 1000_000) {
    await call('imports.append', { id, text: text.slice(start, start + 1000_000) });
  }
  return call('imports.finish', { id });
}

/** The JSON without the time at which it was made. */
const content = ({ text }: Exported): unknown => ({ ...(JSON.parse(text) as object), exportedAt: null });

const everything = async ({ storage }: TestChat): Promise<unknown> => ({
  conversations: await storage.db.selectFrom('conversations').selectAll().execute(),
  messages: await storage.db.selectFrom('messages').selectAll().execute(),
  attachments: (await storage.db.selectFrom('attachments').selectAll().execute()).map(({ bytes, ...row }) => ({
    ...row,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })),
  checklists: await storage.db.selectFrom('checklists').selectAll().execute(),
});

const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from(Array.from({ length: 1_500_000 }, (_, index) => (index * 7) % 251)),
]);

/** Two conversations with branches, attachments, tools, a failure, a deletion and a checklist. */
async function fullChat(): Promise<{ open: TestChat; id: string }> {
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
    { kind: 'tool-outcome', callId: 'c', outcome: { kind: 'done', value: { lines: ['1. rest'] } } },
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

describe('JSON', () => {
  test('holds every branch, the attachments, the checklist and nothing that is deleted', async () => {
    const { open } = await fullChat();
    const all = await exported(open, 'json');
    const archive = archiveSchema.parse(JSON.parse(all.text));
    expect(JSON.parse(all.text)).toMatchObject({ format: 'nunba-chats', version: 1, exportedAt: expect.any(String) });
    expect(archive.conversations).toHaveLength(2);
    const first = archive.conversations[0];
    expect(first?.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(first?.attachments.map((attachment) => attachment.name)).toEqual(['plan.txt', 'photo.png']);
    expect(Buffer.from(first?.attachments[1]?.base64 ?? '', 'base64').equals(png)).toBe(true);
    expect(first?.checklist?.items).toMatchObject([{ text: 'rest', isDone: true }, { text: 'eat' }]);
    expect(all.text).not.toContain('to be deleted');
    expect(all.fileName).toBe('nunba-chats-2026-10-14.json');
  });

  test('comes in pieces that count up', async () => {
    const { open } = await fullChat();
    const all = await exported(open, 'json');
    expect(all.pieces).toBeGreaterThan(2);
    expect(all.done.at(-1)).toBe(all.total);
    expect(all.done).toEqual(all.done.toSorted((a, b) => a - b));
    expect(all.total).toBe(6);
  });

  test('of one conversation holds that one', async () => {
    const { open, id } = await fullChat();
    const one = await exported(open, 'json', id);
    expect(archiveSchema.parse(JSON.parse(one.text)).conversations.map((each) => each.id)).toEqual([id]);
    expect(one.fileName).toBe('Plan-my-day-2026-10-14.json');
  });

  test('of nothing at all is an export too', async () => {
    const open = await openTestChat();
    const none = await exported(open, 'json');
    expect(archiveSchema.parse(JSON.parse(none.text)).conversations).toEqual([]);
    expect(await imported(open, none.text)).toEqual({ conversations: 0, messages: 0, skipped: 0 });
  });

  test('taken into an empty Nunba and exported again is the same', async () => {
    const { open } = await fullChat();
    const before = await exported(open, 'json');
    const other = await openTestChat({ series: 1 });
    expect(await imported(other, before.text)).toEqual({ conversations: 2, messages: 6, skipped: 0 });
    expect(content(await exported(other, 'json'))).toEqual(content(before));
    expect(other.storage.check()).toEqual([]);
    const { hits } = await other.call('search.messages', { query: 'week', limit: 5 });
    expect(hits).toHaveLength(1);
  });

  test('of an answer that is being written says interrupted', async () => {
    const open = await openTestChat();
    const id = await open.conversation();
    await open.call('thread.send', { conversationId: id, text: 'x', attachmentIds: [] });
    (await open.answerer.next()).text('Half');
    await open.clock.advance(600);
    const { text } = await exported(open, 'json');
    expect(archiveSchema.parse(JSON.parse(text)).conversations[0]?.messages[1]).toMatchObject({
      state: { kind: 'interrupted' },
      parts: [{ kind: 'text', text: 'Half' }],
    });
  });
});

test('Markdown is the shown branch, readable, with who answered and what was attached', async () => {
  const { open, id } = await fullChat();
  const shown = await exported(open, 'markdown', id);
  expect(shown.text).toContain('# Plan my day\n');
  expect(shown.text).toContain('Plan my week\n\nAttached: plan.txt (text/plain, 1 kB)');
  expect(shown.text).toContain('*The answer was stopped here.*');
  expect(shown.text).toContain('- [x] rest\n- [ ] eat');
  expect(shown.text).not.toContain('to be deleted');
  await open.call('thread.choose', { messageId: (await firstMessage(open, id)).siblings.previousId ?? '' });
  const other = await exported(open, 'markdown', id);
  expect(other.text).toContain('*small by Ollama, on this computer*');
  expect(other.text).toContain('Rest first.');
  expect(other.text).toContain('- “1. rest”, plan.txt, line 1');
  expect(other.text).toContain('photo.png (image/png, 1.4 MB)');
  expect(other.fileName).toBe('Plan-my-day-2026-10-14.md');
  const all = await exported(open, 'markdown');
  expect(all.text).toContain('\n---\n\n# Another "conversation"');
  expect(all.done.at(-1)).toBe(6);
});

async function firstMessage({ call }: TestChat, conversationId: string) {
  const { messages } = await call('thread.page', { conversationId, from: 0, count: 1 });
  if (!messages[0]) throw new Error('The conversation is empty.');
  return messages[0];
}

test('a long branch comes in several Markdown pieces, each message once', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  for (let index = 0; index < 60; index += 1) await open.exchange(id, `p${index}. ${'x'.repeat(10_000)}`, `a${index}.`);
  const { text, pieces, done, total } = await exported(open, 'markdown', id);
  expect(pieces).toBeGreaterThan(1);
  expect(done.at(-1)).toBe(total);
  const told = [...text.matchAll(/^([pa]\d+)\./gm)].map((match) => match[1]);
  expect(told).toEqual(Array.from({ length: 60 }, (_, index) => [`p${index}`, `a${index}`]).flat());
});

test('a cursor that is none of ours is refused', async () => {
  const open = await openTestChat();
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (cursor) => {
      await expect(open.call('exports.read', { conversationId: null, format: 'json', cursor })).rejects.toMatchObject({
        failure: { kind: 'invalid-input', field: 'cursor' },
      });
    }),
  );
});

describe('import', () => {
  test('skips what is here, and brings back what was deleted', async () => {
    const { open, id } = await fullChat();
    const { text } = await exported(open, 'json');
    const before = await everything(open);
    expect(await imported(open, text)).toEqual({ conversations: 0, messages: 0, skipped: 2 });
    expect(await everything(open)).toEqual(before);
    await open.call('conversations.delete', { id });
    expect(await imported(open, text)).toEqual({ conversations: 1, messages: 0, skipped: 1 });
    expect(await everything(open)).toEqual(before);
  });

  test('gives a conversation of an unknown agent the default one', async () => {
    const { open } = await fullChat();
    const { text } = await exported(open, 'json');
    const other = await openTestChat({ series: 1, agentExists: (agentId) => agentId === 'nunba' });
    await imported(other, text.replaceAll('"agentId":"nunba"', '"agentId":"own-gone"'));
    const rows = await other.storage.db.selectFrom('conversations').select('agent_id').execute();
    expect(rows).toEqual([{ agent_id: 'nunba' }, { agent_id: 'nunba' }]);
  });

  test('tells watchers of the list', async () => {
    const { open } = await fullChat();
    const { text } = await exported(open, 'json');
    const other = await openTestChat({ series: 1 });
    const seen: number[] = [];
    await other.chat.handlers.subscriptions['conversations.watch'](
      {},
      { next: (item) => void (item.kind === 'all' && seen.push(item.conversations.length)) },
    );
    await imported(other, text);
    expect(seen).toEqual([0, 2]);
  });

  test('one that waits too long is dropped; one that was cancelled is gone', async () => {
    const open = await openTestChat();
    const { id } = await open.call('imports.begin', {});
    await open.clock.advance(9 * 60_000);
    await open.call('imports.append', { id, text: '{' });
    await open.clock.advance(11 * 60_000);
    const gone = { failure: { kind: 'not-found', what: 'import' } };
    await expect(open.call('imports.append', { id, text: '}' })).rejects.toMatchObject(gone);
    const again = await open.call('imports.begin', {});
    await open.call('imports.cancel', again);
    await open.call('imports.cancel', again);
    await expect(open.call('imports.finish', again)).rejects.toMatchObject(gone);
  });

  test('only so many at once', async () => {
    const open = await openTestChat();
    for (let count = 0; count < 4; count += 1) await open.call('imports.begin', {});
    await expect(async () => open.call('imports.begin', {})).rejects.toMatchObject({ failure: { kind: 'too-many' } });
  });

  test('any junk is refused with a reason and changes nothing', async () => {
    const { open } = await fullChat();
    const before = await everything(open);
    const head = '{"format":"nunba-chats","version":1,"conversations":';
    const junk = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((json) => `${head}${json}}`),
      fc.json().map((json) => `${head}[${json}]}`),
      fc.constant('{"format":"nunba-chats","version":2,"conversations":[]}'),
    );
    await fc.assert(
      fc.asyncProperty(junk, async (text) => {
        if (text === `${head}[]}`) return;
        await expect(imported(open, text)).rejects.toMatchObject({ failure: { kind: 'import-unreadable' } });
      }),
      { numRuns: 300 },
    );
    expect(await everything(open)).toEqual(before);
  });

  test('an export that was tampered with anywhere is taken in whole or not at all', async () => {
    const { open } = await fullChat();
    const tree = JSON.parse(
      (await exported(open, 'json')).text.replace(/"base64":"iVBOR[^"]*"/, '"base64":"iVBORw0KGgo="'),
    );
    const places = pathsOf(tree);
    const other = await openTestChat({ series: 1 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue(), async (place, value) => {
        const text = JSON.stringify(withValue(tree, place, value));
        const before = await everything(other);
        try {
          await imported(other, text);
        } catch (error) {
          expect(error).toMatchObject({ failure: { kind: 'import-unreadable' } });
          expect(await everything(other)).toEqual(before);
        }
        await exported(other, 'json').then(({ text }) => archiveSchema.parse(JSON.parse(text)));
        await other.storage.db.deleteFrom('conversations').execute();
      }),
      { numRuns: 300 },
    );
    expect(other.storage.check()).toEqual([]);
  });
});

type Place = readonly (string | number)[];

/** Every place of a JSON value, as the way to it. */
function pathsOf(value: unknown, way: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...way, key]))];
}

/** A copy of `value` with another value at one place. */
function withValue(value: unknown, [key, ...rest]: Place, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) =>
      String(index) === String(key) ? withValue(each, rest, replacement) : each,
    );
  }
  const record = value as Record<string, unknown>;
  return { ...record, [key]: withValue(record[key], rest, replacement) };
}
