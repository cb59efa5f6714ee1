import type { Prompt } from '../../models/language-model.ts';
import type { EngineMessage } from './engine-messages.ts';

type AssistantMessage = Extract<EngineMessage, { role: 'assistant' }>;
type EnginePart = AssistantMessage['parts'][number];
type ToolMessage = Extract<Prompt[number], { role: 'tool' }>;
type ToolOutput = Extract<ToolMessage['content'][number], { type: 'tool-result' }>['output'];

/**
 * A prompt in the engine's form: what came of a call stands with the call, and everything between two messages of the
 * person is one message of the model. Thoughts are not repeated. Pure.
 */
export function enginePrompt(prompt: Prompt): readonly EngineMessage[] {
  const results = resultsOf(prompt);
  const messages: EngineMessage[] = [];
  for (const message of prompt) {
    if (message.role === 'system') messages.push({ role: 'system', text: message.content });
    if (message.role === 'user') {
      messages.push({
        role: 'user',
        text: message.content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
      });
    }
    if (message.role !== 'assistant') continue;
    let startsRound = true;
    const parts = message.content.flatMap((part): readonly EnginePart[] => {
      if (part.type === 'text') return part.text === '' ? [] : [{ kind: 'text', text: part.text }];
      if (part.type !== 'tool-call') return [];
      const result = results.get(part.toolCallId) ?? null;
      const call: EnginePart = { kind: 'call', name: part.toolName, input: part.input, result, startsRound };
      startsRound = false;
      return [call];
    });
    const last = messages.at(-1);
    if (last?.role === 'assistant') last.parts.push(...parts);
    else messages.push({ role: 'assistant', parts });
  }
  return messages;
}

function resultsOf(prompt: Prompt): ReadonlyMap<string, string> {
  const results = prompt
    .flatMap((message) => (message.role === 'tool' ? message.content : []))
    .flatMap((part) => (part.type === 'tool-result' ? [[part.toolCallId, outputText(part.output)] as const] : []));
  return new Map(results);
}

function outputText(output: ToolOutput): string {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return output.value;
    case 'json':
    case 'error-json':
      return JSON.stringify(output.value);
    case 'execution-denied':
      return output.reason ?? 'The person did not allow it.';
    case 'content':
      return output.value.map((part) => (part.type === 'text' ? part.text : '')).join('');
  }
}
