import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../node-core/api/client.ts';
import type { AssistantMessageView } from '../../node-core/api/conversation-views.ts';
import { failureOf } from '../../node-core/api/failures.ts';
import { type FollowedThread, followThread, textOf } from '../builders/followed-thread.ts';
import { modelServer } from '../builders/model-server.ts';
import { type Environment, serveNode } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';
import type { ModelServer } from '../doubles/model-server/start-model-server.ts';

const newFolder = (): string => path.join(tempFolder(), 'data');
const named = ({ url }: ModelServer): Environment => ({
  HEVOLVE_LLM_ENDPOINT_URL: `${url}/v1`,
  HEVOLVE_LLM_MODEL_NAME: 'test-model',
});

const isEnded = ({ state }: AssistantMessageView): boolean => state.kind !== 'queued' && state.kind !== 'streaming';

async function newThread(client: Client): Promise<FollowedThread> {
  const { id } = await client.call('conversations.create', { agentId: null, model: null });
  return followThread(client, id);
}

const send = (client: Client, { conversationId }: FollowedThread, text: string) =>
  client.call('thread.send', { conversationId, text, attachmentIds: [] });

describe('a turn from the client to the provider and back', () => {
  test('streams, says which model answered and where, and is there after a restart', async () => {
    const models = await modelServer();
    const folder = newFolder();
    const node = await serveNode(folder, named(models));
    const client = await node.connect();
    const thread = await newThread(client);
    await send(client, thread, 'Hello over there');
    const answer = await thread.answer(isEnded);
    expect(answer).toMatchObject({
      state: { kind: 'complete' },
      provenance: {
        kind: 'model',
        modelId: 'test-model',
        location: { kind: 'this-computer' },
        reason: 'named-in-environment',
      },
    });
    expect(textOf(answer)).toBe('You wrote: Hello over there — and this is the answer.');
    expect(thread.items.filter(({ kind }) => kind === 'delta').length).toBeGreaterThan(1);
    expect((await node.stop()).code).toBe(0);

    const again = await serveNode(folder);
    const later = followThread(await again.connect(), thread.conversationId);
    const kept = await later.answer(isEnded);
    expect([kept.id, textOf(kept)]).toEqual([answer.id, textOf(answer)]);
  });

  test('Stop closes the connection to the provider and keeps what came', async () => {
    const models = await modelServer();
    const node = await serveNode(newFolder(), named(models));
    const client = await node.connect();
    const thread = await newThread(client);
    await send(client, thread, 'play:stall');
    await thread.answer((answer) => textOf(answer).length > 0);
    await client.call('thread.stop', { conversationId: thread.conversationId });
    const answer = await thread.answer(isEnded);
    expect([answer.state.kind, textOf(answer)]).toEqual(['stopped', expect.stringContaining('This answer')]);
    expect(await models.prompts()[0]?.over).toBe(true);
  });

  test.each([
    ['play:401', 'model-refused-key'],
    ['play:429', 'model-rate-limited'],
    ['play:500', 'model-error'],
    ['play:cut', 'model-bad-answer'],
    ['play:html', 'model-bad-answer'],
    ['play:long-line', 'model-bad-answer'],
  ])('%s becomes a failure with a retry, and the node lives on', async (prompt, kind) => {
    const models = await modelServer();
    const node = await serveNode(newFolder(), named(models));
    const client = await node.connect();
    const thread = await newThread(client);
    await send(client, thread, prompt);
    const failed = await thread.answer(isEnded);
    expect(failed.state).toMatchObject({ kind: 'failed', failure: { kind } });
    models.script(() => ({
      kind: 'stream',
      pieces: [{ kind: 'text', text: 'Now it works.' }],
      rate: null,
      ending: 'finish',
    }));
    await client.call('thread.retry', { messageId: failed.id });
    const retried = await thread.answer((answer) => answer.id !== failed.id && isEnded(answer));
    expect([retried.state.kind, textOf(retried)]).toEqual(['complete', 'Now it works.']);
  });
});

describe('when the node ends in the middle', () => {
  test('kill -9 loses no prompt: the partial answer is interrupted and can be continued', async () => {
    const models = await modelServer();
    const folder = newFolder();
    const first = await serveNode(folder, named(models));
    const client = await first.connect();
    const thread = await newThread(client);
    await send(client, thread, 'play:long tokens:400 rate:40');
    // Words that were there for a second are on disk: they are kept at least every 500 ms.
    const early = textOf(await thread.answer((answer) => textOf(answer).includes('word20 ')));
    await thread.answer((answer) => textOf(answer).includes('word60 '));
    await first.kill();
    expect(await models.prompts()[0]?.over).toBe(true);
    await expect(client.call('status.get', {}).catch(failureOf)).resolves.toEqual({ kind: 'disconnected' });

    const second = await serveNode(folder, named(models));
    const after = await second.connect();
    const found = followThread(after, thread.conversationId);
    const kept = await found.answer(isEnded);
    expect(found.messages()[0]).toMatchObject({ role: 'user', text: 'play:long tokens:400 rate:40' });
    expect(kept.state).toEqual({ kind: 'interrupted' });
    expect(textOf(kept)).toContain(early);

    models.script(() => ({
      kind: 'stream',
      pieces: [{ kind: 'text', text: ' and the end.' }],
      rate: null,
      ending: 'finish',
    }));
    await after.call('thread.continue', { messageId: kept.id });
    const whole = await found.answer((answer) => answer.state.kind === 'complete');
    expect(whole.id).toBe(kept.id);
    expect(textOf(whole)).toBe(`${textOf(kept)} and the end.`);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends turns and connections, exit code 0', async (signal) => {
    const models = await modelServer();
    const folder = newFolder();
    const node = await serveNode(folder, named(models));
    const client = await node.connect();
    const thread = await newThread(client);
    await send(client, thread, 'play:stall');
    await thread.answer((answer) => textOf(answer).length > 0);
    node.process.kill(signal);
    expect(await node.ended).toMatchObject({ code: 0, errors: '' });
    expect(await models.prompts()[0]?.over).toBe(true);

    const again = await serveNode(folder);
    const kept = await followThread(await again.connect(), thread.conversationId).answer(isEnded);
    expect([kept.state.kind, textOf(kept)]).toEqual(['interrupted', expect.stringContaining('This answer')]);
  });
});
