import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { openTestChat } from '../../builders/chat.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const script = path.join(import.meta.dirname, '../../doubles/streaming-node.ts');

/** Starts a process that streams an answer into the folder's database and is killed after some tokens. */
async function streamAndKill(folder: string, tokens: number): Promise<{ conversationId: string; lastToken: number }> {
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  let conversationId = '';
  let lastToken = 0;
  for await (const line of createInterface(child.stdout)) {
    const [kind, value = ''] = line.split(' ');
    if (kind === 'conversation') conversationId = value;
    if (kind === 'token') lastToken = Number(value);
    if (lastToken === tokens) child.kill('SIGKILL');
  }
  expect(await ended).toBe('SIGKILL');
  return { conversationId, lastToken };
}

test('after kill -9 the partial answer is interrupted, whole up to the last 500 ms, and can be continued', async () => {
  const folder = tempFolder();
  // A token every 10 ms: 150 take 1.5 s, so at least the first 100 were kept.
  const { conversationId, lastToken } = await streamAndKill(folder, 150);
  const open = await openTestChat({ folder, series: 1 });
  expect(open.log.lines.map((line) => line.message)).toContain('Found turns that the last run did not finish.');

  const { messages } = await open.call('thread.page', { conversationId, from: 0, count: 10 });
  const [prompt, answer] = messages;
  expect(prompt).toMatchObject({ role: 'user', text: 'Tell me everything' });
  expect(answer).toMatchObject({ role: 'assistant', state: { kind: 'interrupted' } });
  const text = answer?.role === 'assistant' && answer.parts[0]?.kind === 'text' ? answer.parts[0].text : '';
  const kept = text.trim().split(' ');
  expect(kept).toEqual(kept.map((_, index) => `t${index + 1}`));
  expect(kept.length).toBeGreaterThanOrEqual(100);
  expect(kept.length).toBeLessThanOrEqual(lastToken + 1);

  const { hits } = await open.call('search.messages', { query: 't7', limit: 10 });
  expect(hits.map((hit) => hit.messageId)).toEqual([answer?.id]);

  await open.call('thread.continue', { messageId: answer?.id ?? '' });
  const more = await open.answerer.next();
  expect(more.request.isContinuation).toBe(true);
  expect(more.request.history.at(-1)).toEqual({ role: 'assistant', parts: [{ kind: 'text', text }] });
  more.text('and the end');
  more.finish();
  await open.clock.advance(0);
  const page = await open.call('thread.page', { conversationId, from: 1, count: 1 });
  expect(page.length).toBe(2);
  expect(page.messages[0]).toMatchObject({
    id: answer?.id,
    state: { kind: 'complete' },
    parts: [{ kind: 'text', text: `${text}and the end` }],
  });
});

test('after kill -9 the database is checked and unharmed', async () => {
  const folder = tempFolder();
  await streamAndKill(folder, 60);
  const open = await openTestChat({ folder, series: 1 });
  expect(open.log.lines.map((line) => line.message)).toContain(
    'The last run did not close the database; it was checked.',
  );
  expect(await open.storage.check()).toEqual([]);
});
