import path from 'node:path';
import type { EngineEvent, EngineTool, GenerateOrder } from '../../node-core/agents/local/engine/engine-messages.ts';
import type { LocalEngine } from '../../node-core/agents/local/engine/local-engine.ts';
import type { LocalModelFile } from '../../node-core/protocol/ports/local-models.ts';
import { question } from './local-engine.ts';
import { tempFolder } from './temp-folder.ts';
import { writeTinyAgent } from './tiny-agent-gguf.ts';
import type { TinyAgent } from './tiny-agent-plan.ts';

/** Writes a model that calls tools into a folder of the present test. */
export function tinyAgentFile(agent: Partial<TinyAgent> & Pick<TinyAgent, 'rules'>): LocalModelFile {
  const file = path.join(tempFolder(), 'tiny-agent.gguf');
  const whole = { contextTokens: 4_096, says: 'I have nothing to do.', ...agent };
  const sizeBytes = writeTinyAgent(file, whole);
  const { contextTokens } = whole;
  return { id: 'tiny-agent', name: 'Tiny Agent', path: file, sizeBytes, contextTokens, isThere: true };
}

/** What a model that calls tools has answered. */
export interface AgentAnswer {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly done: Extract<EngineEvent, { kind: 'done' }>;
}

/** Asks a model with tools, and reads its answer to the end. */
export async function agentAnswer(
  engine: LocalEngine,
  file: LocalModelFile,
  order: Pick<GenerateOrder, 'messages' | 'tools'> & Partial<GenerateOrder>,
): Promise<AgentAnswer> {
  let text = '';
  const calls: { name: string; input: unknown }[] = [];
  for await (const event of engine.generate(file, question('', order), new AbortController().signal)) {
    if (event.kind === 'text') text += event.text;
    if (event.kind === 'call') calls.push({ name: event.name, input: JSON.parse(event.input) });
    if (event.kind === 'done') return { text, calls, done: event };
  }
  throw new Error('the answer has no end');
}

/** A tool with one text as its argument. */
export const textTool = (name: string, argument: string): EngineTool => ({
  name,
  description: `The tool ${name}.`,
  schema: { type: 'object', properties: { [argument]: { type: 'string' } }, required: [argument] },
});
