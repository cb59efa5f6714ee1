import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StatusView } from '../../node-core/api/node-views.ts';
import { followThread, textOf } from '../builders/followed-thread.ts';
import { modelServer } from '../builders/model-server.ts';
import { type Environment, runCommand, serveNode } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';
import type { ModelServer } from '../doubles/model-server/start-model-server.ts';

const newFolder = (): string => path.join(tempFolder(), 'data');
const named = ({ url }: ModelServer): Environment => ({
  HEVOLVE_LLM_ENDPOINT_URL: `${url}/v1`,
  HEVOLVE_LLM_MODEL_NAME: 'test-model',
});

describe('Pause agents', () => {
  test('closes the provider’s socket, stops the turn with what came, and lets it go on after Resume', async () => {
    const models = await modelServer();
    const node = await serveNode(newFolder(), named(models));
    const client = await node.connect();
    const states: StatusView[] = [];
    client.watch('status.watch', {}, { next: (status) => states.push(status) });
    const { id } = await client.call('conversations.create', { agentId: null, model: null });
    const thread = followThread(client, id);
    const sent = await client.call('thread.send', { conversationId: id, text: 'play:stall', attachmentIds: [] });
    await thread.answer((answer) => textOf(answer).length > 0);

    await client.call('agents.pause', {});
    const stopped = await thread.answer(({ state }) => state.kind === 'stopped');
    expect(textOf(stopped)).toContain('This answer');
    expect(await models.prompts()[0]?.over).toBe(true);
    expect(states.at(-1)).toMatchObject({ state: 'paused', reasons: [{ kind: 'paused-by-person', fix: 'resume' }] });
    const refused = client.call('thread.send', { conversationId: id, text: 'Now?', attachmentIds: [] });
    await expect(refused).rejects.toMatchObject({ failure: { kind: 'agents-paused' } });
    expect(models.prompts()).toHaveLength(1);

    await client.call('agents.resume', {});
    models.script(() => ({
      kind: 'stream',
      pieces: [{ kind: 'text', text: ' goes on.' }],
      rate: null,
      ending: 'finish',
    }));
    await client.call('thread.continue', { messageId: sent.assistantMessageId });
    const whole = await thread.answer(({ state }) => state.kind === 'complete');
    expect(textOf(whole)).toMatch(/^This answer[\s\S]* goes on\.$/);
  });

  test('outlives the process; the commands say so, and resume it without a node too', async () => {
    const models = await modelServer();
    const folder = newFolder();
    const environment = named(models);
    const node = await serveNode(folder, environment);
    expect(await runCommand(['pause', '--data', folder])).toMatchObject({ code: 0, out: 'Agents are paused.\n' });
    await node.stop();

    const asked = await runCommand(['chat', 'Hello', '--data', folder], environment);
    expect(asked).toMatchObject({ code: 1, errors: expect.stringMatching(/^Nothing was sent: you have paused/) });
    const guide = await runCommand(['chat', 'What is Nunba?', '--agent', 'guide', '--data', folder]);
    expect(guide.code).toBe(0);
    expect((await runCommand(['status', '--data', folder])).out).toMatch(/^State +paused: Agents are paused \(for/);
    expect(models.prompts()).toHaveLength(0);

    expect(await runCommand(['resume', '--data', folder])).toMatchObject({ code: 0, out: 'Agents may work again.\n' });
    expect((await runCommand(['chat', 'Hello', '--data', folder], environment)).code).toBe(0);
  });

  test('refuses HTTP callers with 503 and the sentence', async () => {
    const models = await modelServer();
    const node = await serveNode(newFolder(), named(models));
    const token = (await runCommand(['token', '--data', node.dataFolder])).out.trim();
    const client = await node.connect();
    await client.call('agents.pause', {});
    const post = (route: string, body: object): Promise<Response> =>
      fetch(`${node.address}${route}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    const chat = await post('/chat', { prompt: 'Hello' });
    const messages = [{ role: 'user', content: 'Hello' }];
    const completion = await post('/v1/chat/completions', { model: 'nunba', messages, stream: true });
    expect([chat.status, completion.status, models.prompts().length]).toEqual([503, 503, 0]);
    expect(await completion.json()).toMatchObject({ error: { code: 'agents-paused' } });
  });
});
