import type { EngineMessage, EngineTool } from './engine-messages.ts';
import type { LlamaFunctions, LlamaHistoryItem } from './llama-module.ts';
import { grammarSchema } from './tool-schema.ts';

/** Messages in the form that node-llama-cpp takes. A call without a result was stopped. Pure. */
export function llamaHistory(messages: readonly EngineMessage[]): readonly LlamaHistoryItem[] {
  return messages.map((message) => {
    if (message.role !== 'assistant') return { type: message.role, text: message.text };
    return {
      type: 'model',
      response: message.parts.map((part) =>
        part.kind === 'text'
          ? part.text
          : {
              type: 'functionCall' as const,
              name: part.name,
              params: part.input,
              result: resultOf(part.result),
              startsNewChunk: part.startsRound,
            },
      ),
    };
  });
}

/** Tools in the form that node-llama-cpp takes; `undefined`: none. */
export function llamaFunctions(tools: readonly EngineTool[]): LlamaFunctions | undefined {
  if (tools.length === 0) return undefined;
  return Object.fromEntries(
    tools.map(({ name, description, schema }) => {
      const params = grammarSchema(schema);
      return [name, { description, ...(params === null ? {} : { params }) }];
    }),
  );
}

/** Results are JSON for the most part; as a text in a text the model would read them badly. */
const resultOf = (result: string | null): unknown => {
  if (result === null) return 'stopped before it was done';
  try {
    return JSON.parse(result);
  } catch {
    return result;
  }
};
