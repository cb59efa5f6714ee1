import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Channel } from '../../node-core/api/channel.ts';
import { createClient } from '../../node-core/api/client.ts';
import { webSocketChannel } from '../../node-core/api/web-socket-channel.ts';
import { openNodeSocket } from '../../node-core/commands/open-node-socket.ts';
import { placesIn } from '../../node-core/platform/data-folder.ts';
import { readEndpoint } from '../../node-core/platform/endpoint-file.ts';
import { followThread } from '../builders/followed-thread.ts';
import { modelServer } from '../builders/model-server.ts';
import { runCommand, serveNode } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';

const environmentKey = 'sk-canary-environment-4f1d8a27c3';
const addedKey = 'canary-added-9b52e6d07f';
const refusedKey = 'canary-refused-2c8e41aa90';
const canary = /canary-(?:environment|added|refused)-/;

/** Files below a folder whose bytes hold a key. */
function filesWithKeys(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .filter((name) => canary.test(fs.readFileSync(path.join(folder, name), 'latin1')));
}

/** Keeps every frame that comes from the node. */
function recording(channel: Channel, frames: string[]): Channel {
  return {
    ...channel,
    onFrame: (listener) =>
      channel.onFrame((frame) => {
        frames.push(JSON.stringify(frame));
        listener(frame);
      }),
  };
}

test('keys stand in the secrets of the folder and nowhere else, whatever is done', async () => {
  const [named, added] = [await modelServer({ key: environmentKey }), await modelServer({ key: addedKey })];
  const folder = path.join(tempFolder(), 'data');
  const environment = {
    HEVOLVE_LLM_ENDPOINT_URL: `${named.url}/v1`,
    HEVOLVE_LLM_MODEL_NAME: 'test-model',
    HEVOLVE_LLM_API_KEY: environmentKey,
  };
  const node = await serveNode(folder, environment);
  const frames: string[] = [];
  const headers = { authorization: `Bearer ${readEndpoint(placesIn(folder).run)?.token}` };
  const socket = await openNodeSocket(node.address, headers, 10_000);
  if (!socket) throw new Error('the node lets nobody in');
  const client = createClient(recording(webSocketChannel(socket), frames));
  for (const name of ['models.watch', 'status.watch', 'agents.watch', 'settings.watch'] as const) {
    client.watch(name, {}, { next: () => undefined });
  }

  const draft = {
    kind: 'openai-compatible' as const,
    name: 'Added',
    url: `${added.url}/v1`,
    key: addedKey,
    trustedCertificate: null,
  };
  await client.call('models.test', { draft, providerId: null, model: 'test-model' });
  await client.call('models.test', { draft: { ...draft, key: refusedKey }, providerId: null, model: null });
  const { providerId } = await client.call('models.add', { draft, model: 'test-model' });
  await client.call('models.update', { providerId, draft: { ...draft, name: 'Renamed', key: null } });
  await client.call('models.refresh', { providerId });
  await client.call('models.discover', {});

  for (const model of ['env-endpoint/test-model', `${providerId}/test-model`]) {
    const conversation = await client.call('conversations.create', { agentId: null, model });
    const thread = followThread(client, conversation.id);
    for (const prompt of ['Hello', 'play:401', 'play:500', 'play:tools-well']) {
      const turn = await client.call('thread.send', {
        conversationId: conversation.id,
        text: prompt,
        attachmentIds: [],
      });
      await thread.answer(({ id, state }) => id === turn.assistantMessageId && /complete|failed/.test(state.kind));
    }
  }
  expect(named.prompts()[0]?.headers.authorization).toBe(`Bearer ${environmentKey}`);
  expect(added.prompts().at(-1)?.headers.authorization).toBe(`Bearer ${addedKey}`);

  for (const format of ['markdown', 'json'] as const) {
    await client.call('exports.read', { conversationId: null, format, cursor: null });
  }
  const backup = await client.call('storage.backup', {});
  await client.call('storage.previewRestore', { name: backup.name });
  await client.call('storage.check', {});
  await client.call('search.messages', { query: 'canary', limit: 10 });
  await client.call('about.get', {});
  const token = (await client.call('api.token', {})).token;
  const bearer = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (const prompt of ['Hello', 'play:401']) {
    const body = JSON.stringify({ model: `${providerId}/test-model`, messages: [{ role: 'user', content: prompt }] });
    const answer = await fetch(`${node.address}/v1/chat/completions`, { method: 'POST', headers: bearer, body });
    frames.push(await answer.text());
  }
  for (const page of ['/v1/models', '/status', '/ready']) {
    frames.push(await (await fetch(`${node.address}${page}`, { headers: bearer })).text());
  }
  for (const command of ['status', 'doctor', 'config']) {
    const { out, errors } = await runCommand([command, '--data', folder], environment);
    frames.push(out, errors);
  }

  expect(frames.length).toBeGreaterThan(50);
  expect(frames.filter((frame) => canary.test(frame))).toEqual([]);
  const secret = path.join('identity', 'secrets', `provider.${providerId}.key`);
  expect(filesWithKeys(folder)).toEqual([secret]);
  if (process.platform !== 'win32') expect(fs.statSync(path.join(folder, secret)).mode & 0o777).toBe(0o600);

  await node.kill();
  expect(filesWithKeys(folder)).toEqual([secret]);
  const again = await serveNode(folder);
  await (await again.connect()).call('models.remove', { providerId });
  await again.stop();
  expect(filesWithKeys(folder)).toEqual([]);
});
