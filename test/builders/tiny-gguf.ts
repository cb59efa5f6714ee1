import fs from 'node:fs';

/** A model that a real llama.cpp loads and runs, and that always says the same. */
export interface TinyModel {
  /** What it says, a token for each word; no word twice. */
  readonly says: string;
  /** Whether it stops after that; else it begins anew, without an end. */
  readonly ends: boolean;
  /** The longest context that it was made for, tokens. */
  readonly contextTokens: number;
  /** For `tokenizer.chat_template`. */
  readonly template?: string;
}

const plainTemplate =
  "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant:";

/**
 * Writes a model as GGUF (version 3, architecture llama, F32). Its attention and its feed-forward net add nothing, the
 * embedding of each token is a dimension of its own, and the output weighs for each token the one that follows it; so it
 * computes all that a large model does, and which word comes next hangs on the last one alone. Returns its size, bytes.
 */
export function writeTinyModel(file: string, model: TinyModel): number {
  const vocabulary = createVocabulary(model.says);
  const size = vocabulary.tokens.length;
  const metadata = metadataOf(model, vocabulary.tokens, size);
  const tensors = tensorsOf(size, followers(vocabulary, model.ends));
  const head = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(metadata.length), ...metadata];
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    head.push(text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset));
    offset += padded(values.byteLength);
  }
  const headBytes = Buffer.concat(head);
  const padding = (length: number): Buffer => Buffer.alloc(padded(length) - length);
  const whole = Buffer.concat([
    headBytes,
    padding(headBytes.length),
    ...tensors.flatMap(({ values }) => [Buffer.from(values.buffer), padding(values.byteLength)]),
  ]);
  fs.writeFileSync(file, whole);
  return whole.length;
}

const alignment = 32;
const padded = (length: number): number => Math.ceil(length / alignment) * alignment;
const endToken = 2;
const firstByteToken = 3;
const firstWordToken = firstByteToken + 256;
/** Length of an attention head; the shortest that the engine takes. */
const headLength = 8;
const feedForward = 32;

interface Vocabulary {
  readonly tokens: readonly string[];
  /** How many words it says; they stand from `firstWordToken` on. */
  readonly words: number;
}

function createVocabulary(says: string): Vocabulary {
  const words = says.split(' ').map((word) => `▁${word}`);
  if (new Set(words).size !== words.length) throw new Error('a tiny model says no word twice');
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...words];
  // A round number, as the engine likes it.
  while (tokens.length % 8 !== 0) tokens.push(`▁unused${tokens.length}`);
  return { tokens, words: words.length };
}

/** For each token the one that follows it: any other than a word is followed by the first word. */
function followers({ tokens, words }: Vocabulary, ends: boolean): readonly number[] {
  const lastWord = firstWordToken + words - 1;
  return tokens.map((_, token) => {
    if (token < firstWordToken || token > lastWord) return firstWordToken;
    if (token < lastWord) return token + 1;
    return ends ? endToken : firstWordToken;
  });
}

interface Tensor {
  readonly name: string;
  /** Fastest dimension first. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

function tensorsOf(size: number, follows: readonly number[]): readonly Tensor[] {
  const zeros = (name: string, ...shape: number[]): Tensor => ({
    name,
    shape,
    values: new Float32Array(shape.reduce((product, length) => product * length, 1)),
  });
  const ones = (name: string): Tensor => ({ name, shape: [size], values: new Float32Array(size).fill(1) });
  const embedding = zeros('token_embd.weight', size, size);
  const output = zeros('output.weight', size, size);
  for (const [token, next] of follows.entries()) {
    embedding.values[token * size + token] = 1;
    output.values[next * size + token] = 1;
  }
  return [
    embedding,
    ones('output_norm.weight'),
    output,
    ones('blk.0.attn_norm.weight'),
    ...['q', 'k', 'v'].map((part) => zeros(`blk.0.attn_${part}.weight`, size, headLength)),
    zeros('blk.0.attn_output.weight', headLength, size),
    ones('blk.0.ffn_norm.weight'),
    zeros('blk.0.ffn_gate.weight', size, feedForward),
    zeros('blk.0.ffn_up.weight', size, feedForward),
    zeros('blk.0.ffn_down.weight', feedForward, size),
  ];
}

function metadataOf({ contextTokens, template }: TinyModel, tokens: readonly string[], size: number): Buffer[] {
  const entry = (key: string, type: number, value: Buffer): Buffer => Buffer.concat([text(key), u32(type), value]);
  const number = (key: string, value: number): Buffer => entry(key, 4, u32(value));
  const fraction = (key: string, value: number): Buffer => entry(key, 6, f32(value));
  const words = (key: string, value: string): Buffer => entry(key, 8, text(value));
  const list = (key: string, type: number, items: readonly Buffer[]): Buffer =>
    entry(key, 9, Buffer.concat([u32(type), u64(items.length), ...items]));
  const typeOf = (token: number): number =>
    token === 0 ? 2 : token < firstByteToken ? 3 : token < firstWordToken ? 6 : 1;
  return [
    words('general.architecture', 'llama'),
    words('general.name', 'Tiny'),
    words('general.license', 'apache-2.0'),
    number('general.file_type', 0),
    number('llama.context_length', contextTokens),
    number('llama.embedding_length', size),
    number('llama.block_count', 1),
    number('llama.feed_forward_length', feedForward),
    number('llama.attention.head_count', 1),
    number('llama.attention.head_count_kv', 1),
    number('llama.attention.key_length', headLength),
    number('llama.attention.value_length', headLength),
    number('llama.rope.dimension_count', headLength),
    number('llama.vocab_size', size),
    fraction('llama.attention.layer_norm_rms_epsilon', 1e-5),
    fraction('llama.rope.freq_base', 10_000),
    words('tokenizer.ggml.model', 'llama'),
    list('tokenizer.ggml.tokens', 8, tokens.map(text)),
    list(
      'tokenizer.ggml.scores',
      6,
      tokens.map((_, token) => f32(-token)),
    ),
    list(
      'tokenizer.ggml.token_type',
      5,
      tokens.map((_, token) => u32(typeOf(token))),
    ),
    number('tokenizer.ggml.bos_token_id', 1),
    number('tokenizer.ggml.eos_token_id', endToken),
    number('tokenizer.ggml.unknown_token_id', 0),
    entry('tokenizer.ggml.add_bos_token', 7, Buffer.from([1])),
    words('tokenizer.chat_template', template ?? plainTemplate),
  ];
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const f32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};
const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
};
