import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../node-core/api/client.ts';
import type { AssistantMessageView } from '../../node-core/api/conversation-views.ts';
import type { WaitingDeed } from '../../node-core/api/hands-views.ts';
import type { ToolServerDraft, ToolServerView } from '../../node-core/api/mcp-views.ts';
import { followThread, textOf } from '../builders/followed-thread.ts';
import { modelServer } from '../builders/model-server.ts';
import { serveNode } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';
import { doubleServer, nodeProgram, referenceServers } from '../builders/tool-servers.ts';
import { waitFor } from '../builders/wait.ts';
import { calls, says } from '../doubles/model-server/reply.ts';
import type { ModelServer } from '../doubles/model-server/start-model-server.ts';

const newFolder = (): string => path.join(tempFolder(), 'data');
const named = ({ url }: ModelServer): Record<string, string> => ({
  HEVOLVE_LLM_ENDPOINT_URL: `${url}/v1`,
  HEVOLVE_LLM_MODEL_NAME: 'test-model',
});

/** Resolves with the first deed that waits for the person. */
function firstWaiting(client: Client): Promise<WaitingDeed> {
  return new Promise((resolve) => {
    const end = client.watch(
      'hands.watch',
      {},
      {
        next: ({ waiting: [first] }) => {
          if (!first) return;
          resolve(first);
          end();
        },
      },
    );
  });
}

function firstView(client: Client, id: string): Promise<ToolServerView> {
  return new Promise((resolve) => {
    const end = client.watch(
      'toolServers.watch',
      {},
      {
        next: (all) => {
          const found = all.find((server) => server.id === id);
          if (found) resolve(found);
          if (found) queueMicrotask(() => end());
        },
      },
    );
  });
}

async function connect(client: Client, draft: ToolServerDraft): Promise<ToolServerView> {
  const { id } = await client.call('toolServers.add', draft);
  const { line } = await firstView(client, id);
  await client.call('toolServers.start', { id, line });
  return firstView(client, id);
}

/** An agent that may use one server. */
async function agentWith(client: Client, serverId: string): Promise<string> {
  const { id } = await client.call('agents.create', {
    name: 'Echoer',
    description: '',
    instructions: 'Use the tool.',
    greeting: '',
    model: null,
    tools: [],
    servers: [serverId],
    knowledge: [],
  });
  return id;
}

const isEnded = ({ state }: AssistantMessageView): boolean => state.kind !== 'queued' && state.kind !== 'streaming';

describe('a tool of a server in a chat', () => {
  test.each([
    ['once', 'done', 'Over the hills'],
    ['no', 'failed', ''],
  ] as const)('answered with “%s” ends as %s', async (answer, outcome, text) => {
    const models = await modelServer();
    models.script(({ toolResults: [result] }) =>
      result === undefined ? calls('test__echo', { message: 'Over the hills' }) : says(`It said: ${result}`),
    );
    const node = await serveNode(newFolder(), named(models));
    const client = await node.connect();
    const server = await connect(client, nodeProgram(referenceServers.everything, ['stdio']));
    expect(server.state.kind).toBe('ready');
    const agentId = await agentWith(client, server.id);
    const { id: conversationId } = await client.call('conversations.create', { agentId, model: null });
    const thread = followThread(client, conversationId);
    const waiting = firstWaiting(client);
    await client.call('thread.send', { conversationId, text: 'Say it', attachmentIds: [] });
    const { callId, deed, toolName } = await waiting;
    expect(toolName).toBe('test__echo');
    const told = { serverId: server.id, serverName: 'Test', toolName: 'echo' };
    expect(deed).toEqual({ kind: 'call-server', ...told, arguments: { message: 'Over the hills' } });
    await client.call('hands.answer', { callId, answer });
    const ended = await thread.answer(isEnded);
    const part = ended.parts.find(({ kind }) => kind === 'tool');
    expect(part).toMatchObject({ toolName: 'test__echo', outcome: { kind: outcome } });
    expect(textOf(ended)).toContain(text);
    expect((await node.stop()).code).toBe(0);
  });
});

describe('a node with servers', () => {
  test('answers while one floods, one hangs and one crashes, and leaves none of them behind', async () => {
    const file = path.join(tempFolder(), 'pid');
    const node = await serveNode(newFolder(), named(await modelServer()));
    const client = await node.connect();
    const starting = ['flood', 'silent-start', 'crash-on-start'].map((manner) => connect(client, doubleServer(manner)));
    for (let round = 0; round < 10; round += 1) {
      const askedAt = performance.now();
      await client.call('about.get', {});
      expect(performance.now() - askedAt).toBeLessThan(2_000);
    }
    expect((await connect(client, doubleServer('grandchild', file))).state.kind).toBe('ready');
    expect((await Promise.all(starting)).map(({ state }) => state.kind)).toEqual(['failing', 'failing', 'failing']);
    const grandchild = Number(fs.readFileSync(file, 'utf8'));
    expect((await node.stop()).code).toBe(0);
    await waitFor(() => expect(() => process.kill(grandchild, 0)).toThrow());
  }, 60_000);

  test.skipIf(process.platform === 'win32')(
    'that is killed leaves a server which ignores the end of its input, until the folder has a node again',
    async () => {
      const file = path.join(tempFolder(), 'pid');
      const node = await serveNode(newFolder(), named(await modelServer()));
      const { state } = await connect(await node.connect(), doubleServer('ignores-sigterm', file));
      expect(state.kind).toBe('ready');
      const server = Number(fs.readFileSync(file, 'utf8'));
      await node.kill();
      expect(process.kill(server, 0)).toBe(true);
      const next = await serveNode(node.dataFolder, named(await modelServer()));
      await waitFor(() => expect(() => process.kill(server, 0)).toThrow());
      expect((await next.stop()).code).toBe(0);
    },
    60_000,
  );
});
