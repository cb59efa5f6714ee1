import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../../node-core/api/client.ts';
import type { AssistantMessageView } from '../../../node-core/api/conversation-views.ts';
import type { WaitingDeed } from '../../../node-core/api/hands-views.ts';
import { tinyAgentFile } from '../../builders/agent-model.ts';
import { followThread, textOf } from '../../builders/followed-thread.ts';
import { localModelNode } from '../../builders/local-model-node.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const timeout = 120_000;
const content = 'Buy milk.\nAnd “bread” for 東京 🙂';

/** Reckons, tells the day, and writes a list, each when it is asked to. */
const modelFile = (contextTokens = 32_768): string =>
  tinyAgentFile({
    contextTokens,
    rules: [
      { kind: 'call', seen: 'reckon it', tool: 'calculate', arguments: '{"expression": "123456789*8", "as": null}' },
      { kind: 'say', seen: '987654312', says: 'Eight times that are 987 million.' },
      {
        kind: 'call',
        seen: 'write it down',
        tool: 'write_file',
        arguments: JSON.stringify({ path: 'list.txt', content, find: null, replace: null }),
      },
      { kind: 'say', seen: 'wrote list.txt', says: 'Your list is there.' },
      { kind: 'call', seen: 'without end', tool: 'calculate', arguments: '{"expression": "', endless: '1+' },
      { kind: 'say', seen: 'did not allow', says: 'Then it stays unwritten.' },
    ],
  }).path;

const isEnded = ({ state }: AssistantMessageView): boolean => state.kind !== 'queued' && state.kind !== 'streaming';

const firstWaiting = (client: Client): Promise<WaitingDeed> =>
  new Promise((resolve) => {
    const end = client.watch(
      'hands.watch',
      {},
      {
        next: ({ waiting: [first] }) => {
          if (!first) return;
          resolve(first);
          queueMicrotask(() => end());
        },
      },
    );
  });

describe('an agent with a real local model', { timeout }, () => {
  it('reads with a tool, is told what came of it, and answers with that', async () => {
    const { client, model } = await localModelNode(modelFile());
    const { id: agentId } = await client.call('agents.create', {
      ...{ name: 'Reckoner', description: '', instructions: 'Use your tools.', greeting: '', model: null },
      ...{ tools: ['calculate', 'date'], servers: [], knowledge: [] },
    });
    const { id: conversationId } = await client.call('conversations.create', { agentId, model });
    await client.call('thread.send', { conversationId, text: 'Please reckon it', attachmentIds: [] });
    const answer = await followThread(client, conversationId).answer(isEnded);
    expect(answer.state.kind).toBe('complete');
    expect(textOf(answer)).toBe('Eight times that are 987 million.');
    expect(answer.parts).toContainEqual(
      expect.objectContaining({
        kind: 'tool',
        toolName: 'calculate',
        arguments: { expression: '123456789*8' },
        outcome: { kind: 'done', value: { expression: '123456789*8', result: '987654312' } },
      }),
    );
  });

  it('says that the conversation fills what the model remembers, where it breaks off within a call', async () => {
    const { client, model } = await localModelNode(modelFile(4_096));
    const { id: agentId } = await client.call('agents.create', {
      ...{ name: 'Reckoner', description: '', instructions: 'Use your tools.', greeting: '', model: null },
      ...{ tools: ['calculate', 'date'], servers: [], knowledge: [] },
    });
    const { id: conversationId } = await client.call('conversations.create', { agentId, model });
    await client.call('thread.send', { conversationId, text: 'Reckon without end', attachmentIds: [] });
    const answer = await followThread(client, conversationId).answer(isEnded);
    expect(answer.state).toEqual({ kind: 'complete', reason: 'full' });
    expect(answer.parts.filter(({ kind }) => kind === 'tool')).toEqual([]);
  });

  it.each([
    ['once', 'Your list is there.', content],
    ['no', 'Then it stays unwritten.', null],
  ] as const)('asks before it writes, and after “%s” it says: %s', async (said, says, written) => {
    const { client, model } = await localModelNode(modelFile());
    const folder = path.join(fs.realpathSync(tempFolder()), 'Papers');
    fs.mkdirSync(folder);
    const { id: conversationId } = await client.call('conversations.create', { agentId: 'organiser', model });
    await client.call('folders.add', { path: folder, owner: { kind: 'chat', conversationId } });
    const waiting = firstWaiting(client);
    await client.call('thread.send', { conversationId, text: 'Please write it down', attachmentIds: [] });
    const answering = followThread(client, conversationId).answer(isEnded);
    const { callId, deed } = await Promise.race([
      waiting,
      answering.then((answer) => {
        throw new Error(`it answered without a question: ${JSON.stringify(answer)}`);
      }),
    ]);
    expect(deed).toMatchObject({
      kind: 'change-files',
      changes: [{ kind: 'create', path: path.join(folder, 'list.txt'), sizeBytes: Buffer.byteLength(content) }],
    });
    expect(fs.readdirSync(folder)).toEqual([]);
    await client.call('hands.answer', { callId, answer: said });
    const answer = await answering;
    expect(textOf(answer)).toBe(says);
    expect(fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))).toEqual(
      written === null ? [] : [written],
    );
  });
});
