import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archiveSchema } from '../../../node-core/chat/archive-format.ts';
import { openTestChat, type TestChat } from '../../builders/chat.ts';
import { content, exported, fullChat, imported, png } from '../../builders/exported-chat.ts';

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
    expect(await other.storage.check()).toEqual([]);
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

test.each([
  ['length', '*The model reached its limit here.*'],
  ['full', '*The conversation filled here what the model can remember at once.*'],
] as const)('an answer that broke off (%s) says so in both exports', async (reason, words) => {
  const open = await openTestChat();
  const id = await open.conversation();
  await open.call('thread.send', { conversationId: id, text: 'long', attachmentIds: [] });
  const answer = await open.answerer.next();
  answer.text('Half');
  answer.finish(reason);
  await open.clock.advance(0);
  const { text } = await exported(open, 'json');
  const state = { kind: 'complete', reason };
  expect(archiveSchema.parse(JSON.parse(text)).conversations[0]?.messages[1]).toMatchObject({ state });
  expect((await exported(open, 'markdown', id)).text).toContain(words);
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
