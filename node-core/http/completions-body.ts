import { z } from 'zod';
import { limits } from '../api/conversation-views.ts';
import { HttpRefusal } from './http-refusal.ts';
import { parseBody } from './parse-body.ts';

const textPart = z.object({ type: z.literal('text'), text: z.string() });
const content = z
  .union([z.string(), z.array(textPart)])
  .transform((value) => (typeof value === 'string' ? value : value.map(({ text }) => text).join('')));
const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: content.pipe(z.string().max(limits.messageTextChars)),
});
export type CompletionMessage = z.infer<typeof message>;

const bodySchema = z.object({
  model: z.string().min(1).max(400),
  messages: z.array(message).min(1, 'it needs at least one message').max(2000),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.number().int().min(1).max(1_000_000).nullish(),
  max_completion_tokens: z.number().int().min(1).max(1_000_000).nullish(),
});
export type CompletionsBody = z.infer<typeof bodySchema>;

/** What callers may send and what changes nothing about the answer. */
const withoutEffect = new Set([
  'user',
  'metadata',
  'store',
  'seed',
  'service_tier',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prediction',
  'reasoning_effort',
  'verbosity',
  'parallel_tool_calls',
]);

/** What would change the answer and cannot be done; the values beside it ask for nothing. */
const unsupported: Readonly<Record<string, readonly unknown[]>> = {
  n: [1],
  stop: [],
  tools: [],
  tool_choice: ['none', 'auto'],
  functions: [],
  function_call: ['none', 'auto'],
  logprobs: [false],
  top_logprobs: [0],
  logit_bias: [],
  presence_penalty: [0],
  frequency_penalty: [0],
  audio: [],
  web_search_options: [],
  modalities: [],
  response_format: [],
};

/** Parses the body of `/v1/chat/completions`; refuses what it cannot do in the way OpenAI does. */
export function parseCompletionsBody(body: unknown): CompletionsBody {
  if (typeof body === 'object' && body !== null) {
    for (const [name, value] of Object.entries(body)) refuseField(name, value);
    refuseMessages('messages' in body ? body.messages : null);
  }
  return parseBody(bodySchema, body);
}

function refuseField(name: string, value: unknown): void {
  if (name in bodySchema.shape || withoutEffect.has(name)) return;
  const harmless = Object.hasOwn(unsupported, name) ? unsupported[name] : undefined;
  const param = name.slice(0, 100);
  if (harmless === undefined) {
    throw new HttpRefusal(400, `Unrecognized request argument supplied: ${param}`, { param });
  }
  if (asksForNothing(value) || harmless.includes(value)) return;
  throw new HttpRefusal(400, `Unsupported parameter: '${param}' is not supported with this model.`, {
    param,
    code: 'unsupported_parameter',
  });
}

/** `null`, nothing in a list or an object, or the text format that is spoken anyway. */
function asksForNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  const json = JSON.stringify(value);
  return json === '[]' || json === '{}' || json === '{"type":"text"}' || json === '["text"]';
}

/** Pictures and the traffic of a caller's own tools get a sentence of their own. */
function refuseMessages(messages: unknown): void {
  if (!Array.isArray(messages)) return;
  for (const [index, entry] of messages.entries()) {
    const { role, content, tool_calls: toolCalls } = Object(entry) as Readonly<Record<string, unknown>>;
    const isTool = role === 'tool' || role === 'function' || (Array.isArray(toolCalls) && toolCalls.length > 0);
    const isPicture = Array.isArray(content) && content.some((part) => Object(part).type !== 'text');
    if (!isTool && !isPicture) continue;
    const what = isTool ? "'tools' are not supported" : 'only text parts are supported';
    throw new HttpRefusal(400, `Invalid value: ${what} with this model.`, {
      param: `messages[${index}]`,
      code: 'unsupported_value',
    });
  }
}
