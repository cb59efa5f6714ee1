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

const blockText = (value: unknown): string => {
  const block = asObject(value);
  return typeof block.content === 'string'
    ? block.content
    : asText(block.text) + asList(block.content).map(blockText).join('');
};

/** A message with results of tools becomes one message of the tool per result, and the person's own words. */
const messages = (value: unknown): readonly AskedMessage[] => {
  const { role, content } = asObject(value);
  const who = role === 'assistant' ? 'assistant' : 'user';
  if (typeof content === 'string') return [{ role: who, text: content, images: 0 }];
  const blocks = asList(content).map(asObject);
  const results = blocks.filter((block) => block.type === 'tool_result');
  const rest = blocks.filter((block) => block.type !== 'tool_result');
  const own: AskedMessage = {
    role: who,
    text: rest.map(blockText).join(''),
    images: rest.filter((block) => block.type === 'image').length,
  };
  const tools = results.map((block): AskedMessage => ({ role: 'tool', text: blockText(block), images: 0 }));
  return rest.length > 0 ? [...tools, own] : tools;
};

const isSame = (open: string | null, piece: Piece): boolean => piece.kind !== 'tool-call' && open === piece.kind;

class Encoder implements StreamEncoder {
  #index = -1;
  #open: string | null = null;
  #hasCalls = false;
  #tokens = 0;
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  begin(): string {
    const usage = { input_tokens: 10, output_tokens: 1 };
    const base = { id: 'msg_1', type: 'message', role: 'assistant', model: this.#model, content: [] };
    const start = { type: 'message_start', message: { ...base, stop_reason: null, stop_sequence: null, usage } };
    return event(start, 'message_start') + event({ type: 'ping' }, 'ping');
  }

  piece(piece: Piece): string {
    this.#tokens += 1;
    const opening = isSame(this.#open, piece) ? '' : this.#close() + this.#start(piece);
    return opening + this.#delta(piece);
  }

  end(reason: 'finish' | 'length'): string {
    const stop = reason === 'length' ? 'max_tokens' : this.#hasCalls ? 'tool_use' : 'end_turn';
    const delta = {
      type: 'message_delta',
      delta: { stop_reason: stop, stop_sequence: null },
      usage: { output_tokens: this.#tokens },
    };
    return this.#close() + event(delta, 'message_delta') + event({ type: 'message_stop' }, 'message_stop');
  }

  #start(piece: Piece): string {
    this.#index += 1;
    this.#open = piece.kind;
    return event(
      { type: 'content_block_start', index: this.#index, content_block: this.#block(piece) },
      'content_block_start',
    );
  }

  #block(piece: Piece): Json {
    if (piece.kind === 'text') return { type: 'text', text: '' };
    if (piece.kind === 'reasoning') return { type: 'thinking', thinking: '', signature: '' };
    this.#hasCalls = true;
    return { type: 'tool_use', id: piece.id, name: piece.name, input: {} };
  }

  #delta(piece: Piece): string {
    const delta =
      piece.kind === 'text'
        ? { type: 'text_delta', text: piece.text }
        : piece.kind === 'reasoning'
          ? { type: 'thinking_delta', thinking: piece.text }
          : { type: 'input_json_delta', partial_json: argumentsText(piece.arguments) };
    return event({ type: 'content_block_delta', index: this.#index, delta }, 'content_block_delta');
  }

  #close(): string {
    if (this.#open === null) return '';
    this.#open = null;
    return event({ type: 'content_block_stop', index: this.#index }, 'content_block_stop');
  }
}

const errorTypes: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'api_error',
};

/** Anthropic's Messages. */
export const anthropicWire: Wire = {
  name: 'anthropic',
  prompt: (body) =>
    asked(
      {
        wire: 'anthropic',
        model: asText(body.model),
        system: asText(body.system) + asList(body.system).map(blockText).join('\n'),
        tools: asList(body.tools).map((tool) => asText(asObject(tool).name)),
      },
      asList(body.messages).flatMap(messages),
    ),
  encoder: (model) => new Encoder(model),
  error: (status, text) => ({
    type: 'error',
    error: { type: errorTypes[status] ?? 'invalid_request_error', message: text },
  }),
  models: (ids) => ({
    data: ids.map((id) => ({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' })),
    has_more: false,
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
  }),
};
