import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { onTestFinished } from 'vitest';
import {
  createToolServers,
  type ToolServers,
  type ToolServersOptions,
} from '../../node-core/agents/mcp/create-tool-servers.ts';
import { defaultServerLimits, type ServerLimits } from '../../node-core/agents/mcp/server-limits.ts';
import type { EffectNotes, Tool, ToolContext, ToolResult } from '../../node-core/agents/tools/tool.ts';
import type { ToolServerDraft, ToolServerView } from '../../node-core/api/mcp-views.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import { createIds } from '../../node-core/platform/ulid-ids.ts';
import type { Deed } from '../../node-core/protocol/hands/deed.ts';
import type { Effect } from '../../node-core/protocol/hands/effect.ts';
import type { Storage } from '../../node-core/storage/storage.ts';
import { createFakeBreaker } from '../doubles/breaker.ts';
import { createFakeChatReader } from '../doubles/chat-reader.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { createFakeSecrets, type FakeSecrets } from '../doubles/secrets.ts';
import { testId } from './ids.ts';
import { testStorage } from './models.ts';

/** Tool servers on a database of their own, ended when the test ends. */
export interface TestToolServers {
  readonly servers: ToolServers;
  readonly secrets: FakeSecrets;
  readonly storage: Storage;
  /** Adds a server, and connects it as a person would who read its line. */
  connected(draft: ToolServerDraft): Promise<ToolServerView>;
  view(id: string): ToolServerView;
  /** What a node that is started anew on the same folder makes of it. */
  again(): Promise<ToolServers>;
  /** Resolves at the first view that is so. */
  until(id: string, isSo: (view: ToolServerView) => boolean): Promise<ToolServerView>;
  /** The tools that an agent with this server has. */
  tools(id: string): Promise<readonly Tool[]>;
}

/** No second try, and time enough on a busy computer: a test that waits for a limit makes that one short, and no other. */
export const quickLimits: ServerLimits = {
  ...defaultServerLimits,
  initializeMs: 15_000,
  callMs: 15_000,
  pingMs: 15_000,
  retries: 0,
  relistMs: 20,
};

export async function testToolServers(
  changes: Partial<Omit<ToolServersOptions, 'storage'>> = {},
): Promise<TestToolServers> {
  const storage = await testStorage();
  const secrets = createFakeSecrets();
  const options = {
    storage,
    secrets,
    clock: systemClock,
    log: createRecordedLog(),
    ids: createIds(systemClock),
    breaker: createFakeBreaker(),
    ownPorts: () => [6777],
    version: '1.2.3',
    ...changes,
  };
  const again = async (): Promise<ToolServers> => {
    const made = await createToolServers(options);
    onTestFinished(() => made.stop());
    return made;
  };
  const servers = await again();
  const { calls, subscriptions } = servers.handlers;
  const view = (id: string): ToolServerView => {
    const found = servers.list().find((server) => server.id === id);
    if (!found) throw new Error('no such server');
    return found;
  };
  return {
    servers,
    secrets,
    storage,
    view,
    again,
    async connected(draft) {
      const { id } = await calls['toolServers.add'](draft);
      await calls['toolServers.start']({ id, line: view(id).line });
      return view(id);
    },
    async until(id, isSo) {
      const { promise, resolve } = Promise.withResolvers<ToolServerView>();
      const end = await subscriptions['toolServers.watch'](
        {},
        {
          next: (all) => {
            const found = all.find((server) => server.id === id);
            if (found && isSo(found)) resolve(found);
          },
        },
      );
      return promise.finally(end);
    },
    tools: (id) =>
      servers.toolsFor({ agentId: 'own-a', conversationId: testId(1), tools: [], servers: [id], knowledge: [] }),
  };
}

/** A program of Node's as the person would enter it. */
export function nodeProgram(
  script: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): ToolServerDraft {
  return {
    kind: 'stdio',
    name: 'Test',
    command: process.execPath,
    args: [script, ...args],
    folder: null,
    environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
  };
}

const root = path.join(import.meta.dirname, '../..');

const { resolve } = createRequire(import.meta.url);

/** The entries of reference servers from npm. */
export const referenceServers = {
  everything: resolve('@modelcontextprotocol/server-everything/dist/index.js'),
  filesystem: resolve('@modelcontextprotocol/server-filesystem/dist/index.js'),
} as const;

/** The suite's own server in one of its manners. */
export const doubleServer = (manner: string, file = ''): ToolServerDraft =>
  nodeProgram(path.join(root, 'test/doubles/tool-server.ts'), [manner, file]);

/** A planned call, allowed and done. */
export interface DoneCall {
  readonly deed: Deed;
  readonly effects: readonly Effect[];
  readonly result: ToolResult;
}

/** Calls a tool as if the person had allowed exactly what it plans. */
export async function allowAndCall(tool: Tool, input: unknown, signal?: AbortSignal): Promise<DoneCall> {
  const context: ToolContext = {
    conversationId: testId(1),
    agentId: 'own-a',
    reader: createFakeChatReader({}),
    signal: signal ?? new AbortController().signal,
  };
  const plan = await tool.plan(input, context);
  if (plan.kind !== 'deed') throw new Error('the tool planned no deed');
  const effects: Effect[] = [];
  const notes: EffectNotes = {
    act: (effect, act) => {
      effects.push(effect);
      return act();
    },
  };
  return { deed: plan.deed, effects, result: await plan.run(context, notes) };
}
