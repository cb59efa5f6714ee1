import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { EngineTool } from '../../../node-core/agents/local/engine/engine-messages.ts';
import type { LocalEngine } from '../../../node-core/agents/local/engine/local-engine.ts';
import { toolNameSchema } from '../../../node-core/api/agent-views.ts';
import { agentAnswer, tinyAgentFile } from '../../builders/agent-model.ts';
import { grammarSample } from '../../builders/grammar-sample.ts';
import { testedEngine } from '../../builders/local-engine.ts';
import { localModelNode } from '../../builders/local-model-node.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { nodeProgram, referenceServers } from '../../builders/tool-servers.ts';
import { waitFor } from '../../builders/wait.ts';

/** Every tool that is shipped and every one of two public servers, as a whole node tells the engine of them. */
async function everyTool(): Promise<readonly EngineTool[]> {
  const { client, model, toldTools } = await localModelNode(tinyAgentFile({ rules: [] }).path);
  const folder = path.join(fs.realpathSync(tempFolder()), 'Papers');
  fs.mkdirSync(folder);
  await client.call('settings.update', { allowCommands: true });
  const { id: collection } = await client.call('knowledge.create', { name: 'Papers', path: folder });
  const servers: string[] = [];
  for (const [name, script] of Object.entries(referenceServers)) {
    const { id } = await client.call('toolServers.add', {
      ...nodeProgram(script, name === 'filesystem' ? [folder] : []),
      name,
    });
    const line = await new Promise<string>((resolve) => {
      const end = client.watch(
        'toolServers.watch',
        {},
        {
          next: (all) => {
            const found = all.find((server) => server.id === id);
            if (!found) return;
            resolve(found.line);
            queueMicrotask(() => end());
          },
        },
      );
    });
    await client.call('toolServers.start', { id, line });
    servers.push(id);
  }
  const { id: agentId } = await client.call('agents.create', {
    ...{ name: 'All', description: '', instructions: 'Do.', greeting: '', model: null },
    ...{ tools: [...toolNameSchema.options], servers, knowledge: [collection] },
  });
  const { id: conversationId } = await client.call('conversations.create', { agentId, model });
  await client.call('folders.add', { path: folder, owner: { kind: 'chat', conversationId } });
  await client.call('thread.send', { conversationId, text: 'Hello', attachmentIds: [] });
  await waitFor(() => expect(toldTools.length).toBeGreaterThan(0), { timeout: 60_000, interval: 100 });
  return toldTools[0] ?? [];
}

it('every tool that is shipped, and of two public servers, can be called by a real model with little and with all', async () => {
  const tools = await everyTool();
  for (const name of toolNameSchema.options) expect(tools.map((tool) => tool.name)).toContain(name);
  expect(tools.length).toBeGreaterThan(toolNameSchema.options.length + 20);

  const { engine } = await testedEngine();
  // Some at a time, because what a model can do makes it larger, and slower; in turn by both ways of calling.
  for (let from = 0; from < tools.length; from += 6) {
    await callEach(engine, tools.slice(from, from + 6), from % 12 === 0 ? 'tagged' : 'plain');
  }
}, 400_000);

/** Lets a model call each of some tools, once with what it must have and once with all that it takes. */
async function callEach(engine: LocalEngine, tools: readonly EngineTool[], dialect: 'tagged' | 'plain'): Promise<void> {
  const cases = tools.flatMap((tool, at) => {
    const samples = [false, true].map((isFull) => grammarSample(tool.schema, isFull));
    return samples.map(({ written, meant }, which) => ({ tool, seen: `use <${at} ${which}>`, written, meant }));
  });
  const rules = cases.map(
    ({ tool, seen, written }) => ({ kind: 'call', seen, tool: tool.name, arguments: JSON.stringify(written) }) as const,
  );
  const file = tinyAgentFile({ rules, isMenu: true, dialect, contextTokens: 16_384 });
  for (const { tool, seen, meant } of cases) {
    const order = { messages: [{ role: 'user' as const, text: `Please ${seen}` }], tools: [tool] };
    const { calls } = await agentAnswer(engine, file, order);
    expect(calls, `${tool.name}: ${JSON.stringify(tool.schema)}`).toEqual([{ name: tool.name, input: meant }]);
    expect(z.fromJSONSchema(tool.schema as never).safeParse(calls[0]?.input).success, tool.name).toBe(true);
  }
}
