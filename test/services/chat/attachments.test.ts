import { expect, test } from 'vitest';
import { openTestChat, type TestChat } from '../../builders/chat.ts';
import { testId } from '../../builders/ids.ts';

const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64');
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1, 2, 3]);

const add = ({ call }: TestChat, conversationId: string, name: string, content: string | Uint8Array, mediaType = '') =>
  call('attachments.add', { conversationId, name, mediaType, base64: base64(content) });

test('keeps text and pictures and gives them back unchanged', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const text = await add(open, id, 'C:\\notes\\plan.md', 'Größe: 3\n', 'text/markdown');
  const picture = await add(open, id, 'photo.jpg', png, 'image/jpeg');
  expect(text).toMatchObject({ name: 'plan.md', kind: 'text', mediaType: 'text/markdown', sizeBytes: 11 });
  expect(picture).toMatchObject({ name: 'photo.jpg', kind: 'image', mediaType: 'image/png', sizeBytes: 12 });
  expect(await open.call('attachments.read', { id: picture.id })).toEqual({
    attachment: picture,
    base64: base64(png),
  });
  const content = await open.chat.reader.readAttachment(id, text.id);
  expect(Buffer.from(content?.bytes ?? []).toString()).toBe('Größe: 3\n');
  expect(await open.chat.reader.readAttachment(testId(1, 5), text.id)).toBeNull();
});

test.each([
  ['a picture of another kind', 'a.gif', Buffer.from('GIF89a'), 'image/gif'],
  ['a document', 'a.pdf', Buffer.from('%PDF-1.7 plain'), 'application/pdf'],
  ['bytes that are no text', 'a.txt', Buffer.from([0xff, 0xfe, 0x41, 0]), 'text/plain'],
  ['bytes without a name for them', 'a.bin', Buffer.from([1, 2, 3]), ''],
])('refuses %s', async (_, name, content, mediaType) => {
  const open = await openTestChat();
  const id = await open.conversation();
  await expect(add(open, id, name, content, mediaType)).rejects.toMatchObject({
    failure: { kind: 'unsupported-file', name },
  });
});

test('refuses what is too large, each kind at its own limit', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const text = 'a'.repeat(2 * 1024 * 1024);
  await add(open, id, 'fits.txt', text);
  await expect(add(open, id, 'long.txt', `${text}a`)).rejects.toMatchObject({
    failure: { kind: 'too-large', what: 'long.txt', limitBytes: 2 * 1024 * 1024, sizeBytes: 2 * 1024 * 1024 + 1 },
  });
  const picture = Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]);
  await expect(add(open, id, 'big.png', picture)).rejects.toMatchObject({
    failure: { kind: 'too-large', limitBytes: 10 * 1024 * 1024 },
  });
  await add(open, id, 'fits.png', picture.subarray(0, 10 * 1024 * 1024));
});

test('is told to the model with its prompt, and an edited prompt may hold the same one', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const file = await add(open, id, 'a.txt', 'A');
  const sent = await open.call('thread.send', { conversationId: id, text: '', attachmentIds: [file.id] });
  const answer = await open.answerer.next();
  expect(answer.request.history).toEqual([{ role: 'user', text: '', attachments: [file] }]);
  answer.finish();
  await open.clock.advance(0);
  await open.call('thread.edit', { messageId: sent.userMessageId ?? '', text: 'See', attachmentIds: [file.id] });
  (await open.answerer.next()).finish();
  await open.clock.advance(0);
  const { messages } = await open.call('thread.page', { conversationId: id, from: 0, count: 1 });
  expect(messages[0]).toMatchObject({ text: 'See', attachments: [file] });
  expect((await open.chat.handlers.calls['conversations.update']({ id, isPinned: false })).title).toBe('a.txt');
});

test('a prompt with the file of another conversation is refused and leaves nothing behind', async () => {
  const open = await openTestChat();
  const file = await add(open, await open.conversation(), 'a.txt', 'A');
  const other = await open.conversation();
  await expect(
    open.call('thread.send', { conversationId: other, text: 'x', attachmentIds: [file.id] }),
  ).rejects.toMatchObject({ failure: { kind: 'not-found', what: 'attachment' } });
  expect((await open.call('thread.page', { conversationId: other, from: 0, count: 1 })).length).toBe(0);
  expect(open.chat.runningTurns()).toBe(0);
});

test('one that no message holds can be discarded; one that is sent stays', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const loose = await add(open, id, 'a.txt', 'A');
  const sent = await add(open, id, 'b.txt', 'B');
  await open.call('thread.send', { conversationId: id, text: 'x', attachmentIds: [sent.id] });
  await open.call('attachments.discard', { id: loose.id });
  await expect(open.call('attachments.read', { id: loose.id })).rejects.toMatchObject({
    failure: { kind: 'not-found', what: 'attachment' },
  });
  await expect(open.call('attachments.discard', { id: sent.id })).rejects.toMatchObject({
    failure: { kind: 'invalid-input' },
  });
  await open.call('attachments.read', { id: sent.id });
});

test('one that was never sent is gone a day later; one that was sent stays', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  const loose = await add(open, id, 'a.txt', 'A');
  const sent = await add(open, id, 'b.txt', 'B');
  await open.exchange(id, 'x', 'y');
  await open.call('thread.send', { conversationId: id, text: 'x', attachmentIds: [sent.id] });
  await open.call('thread.stop', { conversationId: id });
  await open.clock.advance(23 * 60 * 60 * 1000);
  await open.chat.recover();
  await open.call('attachments.read', { id: loose.id });
  await open.clock.advance(2 * 60 * 60 * 1000);
  await open.chat.recover();
  await expect(open.call('attachments.read', { id: loose.id })).rejects.toMatchObject({
    failure: { kind: 'not-found' },
  });
  await open.call('attachments.read', { id: sent.id });
});

test('only so many files wait to be sent', async () => {
  const open = await openTestChat();
  const id = await open.conversation();
  for (let count = 0; count < 50; count += 1) await add(open, id, `${count}.txt`, 'x');
  await expect(add(open, id, 'more.txt', 'x')).rejects.toMatchObject({ failure: { kind: 'too-many', limit: 50 } });
});
