import { expect, test } from 'vitest';
import { openTestChat } from '../../builders/chat.ts';
import { exported } from '../../builders/exported-chat.ts';

const names = new Map([
  ['nunba', 'Nunba'],
  ['own-1', 'My cook'],
]);

test('the conversation of a removed agent goes on, and an export names it', async () => {
  const choosable = new Set(['nunba', 'own-1']);
  const open = await openTestChat({
    agentExists: (id) => choosable.has(id),
    agentName: (id) => names.get(id) ?? null,
  });
  const { id } = await open.call('conversations.create', { agentId: 'own-1', model: null });
  choosable.delete('own-1');
  await open.exchange(id, 'What is for dinner?', 'Rice.');
  expect((await exported(open, 'markdown', id)).text).toContain('## My cook (');
});

test('an agent that is gone for good says so, and nothing is sent', async () => {
  const known = new Map(names);
  const open = await openTestChat({ agentName: (id) => known.get(id) ?? null });
  const { id } = await open.call('conversations.create', { agentId: 'own-1', model: null });
  known.delete('own-1');
  await expect(
    open.call('thread.send', { conversationId: id, text: 'Hello?', attachmentIds: [] }),
  ).rejects.toMatchObject({ failure: { kind: 'not-found', what: 'agent' } });
  expect(open.chat.runningTurns()).toBe(0);
});
