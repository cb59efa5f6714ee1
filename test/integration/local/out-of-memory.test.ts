import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toEngineSchema } from '../../../node-core/agents/local/engine/engine-messages.ts';
import type { Client } from '../../../node-core/api/client.ts';
import type { AssistantMessageView } from '../../../node-core/api/conversation-views.ts';
import { describeFailure } from '../../../node-core/api/failure-sentences.ts';
import type { ForkedChild } from '../../../node-core/protocol/ports/host.ts';
import { type FollowedThread, followThread, textOf } from '../../builders/followed-thread.ts';
import { tinyModelFile, tinySentence } from '../../builders/local-engine.ts';
import { localModelNode } from '../../builders/local-model-node.ts';

const mebibyte = 1024 * 1024;

/** Whether a process can be given a limit here; `prlimit` belongs to util-linux. */
const canLimit = (() => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
    return process.platform === 'linux';
  } catch {
    return false;
  }
})();
if (!canLimit) process.stderr.write('skipped: out of memory needs `prlimit` of util-linux\n');

/** What a process has of the address space, bytes. */
const addressBytes = (pid: number): number =>
  Number(/VmSize:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

const limitMemory = (pid: number, bytes: number | 'unlimited'): void =>
  void execFileSync('prlimit', ['--pid', String(pid), `--as=${bytes}`]);

/**
 * A process of the engine that gets no more than `moreBytes` from when it is told to do `what`; `null`: as much as it likes.
 * The order waits until the limit is there.
 */
function limited(child: ForkedChild, what: 'load' | 'generate', moreBytes: () => number | null): ForkedChild {
  const isUp = new Promise<void>((resolve) => child.onMessage(() => resolve()));
  const send = async (message: unknown): Promise<void> => {
    const more = toEngineSchema.parse(message).kind === what ? moreBytes() : null;
    await isUp;
    if (more !== null && child.pid !== undefined) limitMemory(child.pid, addressBytes(child.pid) + more);
    child.send(message);
  };
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => void send(message),
    onMessage: (listener) => child.onMessage(listener),
    onExit: (listener) => child.onExit(listener),
    kill: () => child.kill(),
  };
}

const isEnded = ({ state }: AssistantMessageView): boolean => state.kind !== 'queued' && state.kind !== 'streaming';

async function ask(client: Client, model: string): Promise<{ thread: FollowedThread; first: AssistantMessageView }> {
  const { id: conversationId } = await client.call('conversations.create', { agentId: 'writer', model });
  const thread = followThread(client, conversationId);
  await client.call('thread.send', { conversationId, text: 'Hello', attachmentIds: [] });
  return { thread, first: await thread.answer(isEnded) };
}

async function retry(client: Client, thread: FollowedThread, failed: AssistantMessageView): Promise<string> {
  await client.call('thread.retry', { messageId: failed.id });
  const next = await thread.answer((answer) => answer.id !== failed.id && isEnded(answer));
  expect(next.state).toEqual({ kind: 'complete', reason: 'complete' });
  return textOf(next).trim();
}

describe.skipIf(!canLimit)('an engine that really gets no more memory', { timeout: 120_000 }, () => {
  it('while it loads a model: the chat says so, and Retry works when there is some again', async () => {
    // The net's three parts are 75,000 times 272 numbers each.
    const { path, sizeBytes } = tinyModelFile({ feedForward: 75_000, contextTokens: 16_384 });
    expect(sizeBytes).toBeGreaterThan(230 * mebibyte);
    let more: number | null = 200 * mebibyte;
    const { client, model, children } = await localModelNode(path, (child) => limited(child, 'load', () => more));
    const { thread, first } = await ask(client, model);
    expect(first.state).toEqual({
      kind: 'failed',
      failure: { kind: 'engine-ended', model: 'Tiny', cause: 'memory' },
    });
    if (first.state.kind === 'failed') expect(describeFailure(first.state.failure)).toContain('too little free memory');
    more = null;
    expect(await retry(client, thread, first)).toBe(tinySentence);
    expect(children.length).toBe(2);
  });

  it('while it makes room for a long context', async () => {
    const { path } = tinyModelFile({ contextTokens: 16_384 });
    let more: number | null = 64 * mebibyte;
    const { client, model } = await localModelNode(path, (child) => limited(child, 'load', () => more));
    const { thread, first } = await ask(client, model);
    expect(first.state).toMatchObject({ kind: 'failed', failure: { kind: 'engine-ended' } });
    more = null;
    expect(await retry(client, thread, first)).toBe(tinySentence);
  });

  it('in the middle of an answer', async () => {
    const { path } = tinyModelFile({ ends: false, contextTokens: 16_384 });
    let more: number | null = 0;
    const { client, model } = await localModelNode(path, (child) => limited(child, 'generate', () => more));
    const { thread, first } = await ask(client, model);
    expect(first.state).toMatchObject({ kind: 'failed', failure: { kind: 'engine-ended' } });
    more = null;
    await client.call('thread.retry', { messageId: first.id });
    const again = await thread.answer((answer) => answer.id !== first.id && textOf(answer).length > 200);
    expect(textOf(again).trim().startsWith(tinySentence)).toBe(true);
    await client.call('thread.stop', { conversationId: thread.conversationId });
  });
});
