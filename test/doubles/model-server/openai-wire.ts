import type { AskedMessage, Piece } from './reply.ts';
import {
  argumentsText,
  asked,
  asList,
  asObject,
  asText,
  event,
  type Json,
  type StreamEncoder,
  type Wire,
} from './wire.ts';

const message = (value: unknown): AskedMessage => {
  const { role, content } = asObject(value);
  const parts = asList(content).map(asObject);
  return {
    role: role === 'assistant' || role === 'tool' ? role : 'user',
    text: typeof content === 'string' ? content : parts.map((part) => asText(part.text)).join(''),
    images: parts.filter((part) => part.type === 'image_url').length,
  };
};

class Encoder implements StreamEncoder {
  #calls = 0;
  #tokens = 0;
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  begin(): string {
    return this.#chunk({ role: 'assistant', content: '' });
  }

  piece(piece: Piece): string {
    this.#tokens += 1;
    if (piece.kind === 'text') return this.#chunk({ content: piece.text });
    if (piece.kind === 'reasoning') return this.#chunk({ reasoning_content: piece.text });
    const index = this.#calls;
    this.#calls += 1;
    const start = { index, id: piece.id, type: 'function', function: { name: piece.name, arguments: '' } };
    const rest = { index, function: { arguments: argumentsText(piece.arguments) } };
    return this.#chunk({ tool_calls: [start] }) + this.#chunk({ tool_calls: [rest] });
  }

  end(reason: 'finish' | 'length'): string {
    const finish = reason === 'length' ? 'length' : this.#calls > 0 ? 'tool_calls' : 'stop';
    const usage = { prompt_tokens: 10, completion_tokens: this.#tokens, total_tokens: 10 + this.#tokens };
    const counts = event({ ...this.#envelope(), choices: [], usage });
    return `${this.#chunk({}, finish)}${counts}data: [DONE]\n\n`;
  }

  #envelope(): Json {
    return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: this.#model };
  }

  #chunk(delta: Json, finish: string | null = null): string {
    return event({ ...this.#envelope(), choices: [{ index: 0, delta, finish_reason: finish }] });
  }
}

/** OpenAI's chat completions, which most programs on loopback speak too. */
export const openAiWire: Wire = {
  name: 'openai',
  prompt(body) {
    const all = asList(body.messages);
    const isSystem = (value: unknown): boolean => ['system', 'developer'].includes(asText(asObject(value).role));
    return asked(
      {
        wire: 'openai',
        model: asText(body.model),
        system: all
          .filter(isSystem)
          .map((value) => message(value).text)
          .join('\n'),
        tools: asList(body.tools).map((tool) => asText(asObject(asObject(tool).function).name)),
      },
      all.filter((value) => !isSystem(value)).map(message),
    );
  },
  encoder: (model) => new Encoder(model),
  error: (status, text, code) => ({
    error: { message: text, type: status === 429 ? 'rate_limit_error' : 'invalid_request_error', param: null, code },
  }),
  models: (ids) => ({
    object: 'list',
    data: ids.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'double' })),
  }),
};
