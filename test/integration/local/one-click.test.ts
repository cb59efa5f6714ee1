import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Client } from '../../../node-core/api/client.ts';
import type { LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { createNode, type RunningNode } from '../../../node-core/node.ts';
import { createPlainHost } from '../../../node-core/platform/plain-host.ts';
import { findProgramFiles } from '../../../node-core/platform/program-files.ts';
import type { ForkedChild } from '../../../node-core/protocol/ports/host.ts';
import { engineMirror } from '../../builders/engine-mirror.ts';
import { fileServer } from '../../builders/file-server.ts';
import { ended, tinyModelFile, tinySentence } from '../../builders/local-engine.ts';
import { nodeConfig } from '../../builders/node-config.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { waitFor } from '../../builders/wait.ts';

const program = findProgramFiles(import.meta.dirname);
const id = 'tiny-instruct';

/** The resources of the program, with one tiny model in the catalogue. */
function resourcesWith(model: Buffer): string {
  const folder = path.join(tempFolder(), 'resources');
  fs.cpSync(program.resources, folder, { recursive: true });
  const entry = {
    id,
    name: 'Tiny',
    maker: 'Nobody',
    licence: 'Apache-2.0',
    goodAt: 'Saying one sentence.',
    parameters: 185_000,
    quantisation: 'F32',
    contextTokens: 8_192,
    cacheBytesPerToken: 32,
    sizeBytes: model.length,
    sha256: createHash('sha256').update(model).digest('hex'),
    url: 'https://models.example/tiny.gguf',
  };
  fs.writeFileSync(path.join(folder, 'models', 'catalogue.json'), JSON.stringify({ models: [entry], embeddings: [] }));
  return folder;
}

interface StartedNode {
  readonly node: RunningNode;
  readonly client: Client;
  readonly address: string;
  readonly children: readonly ForkedChild[];
}

async function startNode(resources: string, engineRegistry: string): Promise<StartedNode> {
  const children: ForkedChild[] = [];
  const plain = createPlainHost(program);
  const node = await createNode(nodeConfig(path.join(tempFolder(), 'data'), { engineRegistry }), {
    ...plain,
    paths: { resources, page: null },
    fork(part, options) {
      const child = plain.fork(part, options);
      if (part === 'engine') children.push(child);
      return child;
    },
  });
  onTestFinished(() => node.stop());
  const client = await node.client();
  const { address } = await node.listen();
  return { node, client, address, children };
}

/** Sends a prompt and waits until the answer has ended. */
async function answerTo(client: Client, conversationId: string, text: string) {
  const before = await client.call('thread.page', { conversationId, from: 0, count: 100 });
  await client.call('thread.send', { conversationId, text, attachmentIds: [] });
  return waitFor(
    async () => {
      const page = await client.call('thread.page', { conversationId, from: 0, count: 100 });
      const last = page.messages.at(-1);
      if (page.messages.length <= before.messages.length || last?.role !== 'assistant') throw new Error('not yet');
      if (last.state.kind === 'streaming') throw new Error('still streaming');
      return last;
    },
    { timeout: 60_000, interval: 100 },
  );
}

it('one call brings a model and its engine from mirrors; chats, crashes and programs are answered', async () => {
  const source = tinyModelFile({ contextTokens: 8_192 });
  const model = fs.readFileSync(source.path);
  const models = await fileServer(model);
  const registry = await engineMirror();
  const { client, address, children } = await startNode(resourcesWith(model), registry.url.href);
  const views: LocalModelsView[] = [];
  client.watch('localModels.watch', {}, { next: (view) => void views.push(view) });
  expect((await client.call('about.get', {})).contacts).toContainEqual(
    expect.objectContaining({ purpose: 'engine', host: registry.url.host }),
  );
  await client.call('localModels.configure', { mirror: models.url });
  expect([registry.asked.length, models.requests.length]).toEqual([0, 0]);

  await client.call('localModels.get', { id });
  const stateNow = (): string | undefined => views.at(-1)?.catalogue.find((each) => each.id === id)?.state.kind;
  await waitFor(() => expect(stateNow()).toBe('here'), { timeout: 60_000, interval: 200 });
  const { id: conversationId } = await client.call('conversations.create', { agentId: null, model: `local/${id}` });
  let deltas = 0;
  client.watch(
    'thread.watch',
    { conversationId },
    {
      next(item) {
        if (item.kind === 'delta') deltas += 1;
      },
    },
  );
  const first = await answerTo(client, conversationId, 'Who are you?');
  expect(first.state.kind).toBe('complete');
  expect(JSON.stringify(first.parts)).toContain(tinySentence);
  expect(deltas).toBeGreaterThan(0);

  // The engine dies; the chat is alive, and the next answer starts it anew.
  expect(children.length).toBe(1);
  children[0]?.kill();
  if (children[0]) await ended(children[0]);
  const second = await answerTo(client, conversationId, 'And now?');
  expect(JSON.stringify(second.parts)).toContain(tinySentence);
  expect(children.length).toBe(2);

  const { token } = await client.call('api.token', {});
  const completion = await fetch(`${address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: `local/${id}`, messages: [{ role: 'user', content: 'Hello' }], temperature: 0 }),
  });
  const body = await completion.text();
  expect([completion.status, body]).toEqual([200, expect.stringContaining(tinySentence)]);
}, 240_000);
