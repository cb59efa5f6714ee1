import { type GgufTensor, ggufEntry, writeGguf, zeros } from './gguf-writer.ts';

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
  /** Width of its feed-forward net, which makes it large; it adds nothing all the same. */
  readonly feedForward?: number;
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
  const tensors = tensorsOf(size, followers(vocabulary, model.ends), model.feedForward ?? usualFeedForward);
  return writeGguf(file, metadata, tensors);
}

const endToken = 2;
const firstByteToken = 3;
const firstWordToken = firstByteToken + 256;
/** Length of an attention head; the shortest that the engine takes. */
const headLength = 8;
const usualFeedForward = 32;

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

function tensorsOf(size: number, follows: readonly number[], feedForward: number): readonly GgufTensor[] {
  const ones = (name: string): GgufTensor => ({ name, shape: [size], values: new Float32Array(size).fill(1) });
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

function metadataOf(model: TinyModel, tokens: readonly string[], size: number): Buffer[] {
  const { contextTokens, template, feedForward = usualFeedForward } = model;
  const typeOf = (token: number): number =>
    token === 0 ? 2 : token < firstByteToken ? 3 : token < firstWordToken ? 6 : 1;
  return [
    ggufEntry.text('general.architecture', 'llama'),
    ggufEntry.text('general.name', 'Tiny'),
    ggufEntry.text('general.license', 'apache-2.0'),
    ggufEntry.number('general.file_type', 0),
    ggufEntry.number('llama.context_length', contextTokens),
    ggufEntry.number('llama.embedding_length', size),
    ggufEntry.number('llama.block_count', 1),
    ggufEntry.number('llama.feed_forward_length', feedForward),
    ggufEntry.number('llama.attention.head_count', 1),
    ggufEntry.number('llama.attention.head_count_kv', 1),
    ggufEntry.number('llama.attention.key_length', headLength),
    ggufEntry.number('llama.attention.value_length', headLength),
    ggufEntry.number('llama.rope.dimension_count', headLength),
    ggufEntry.number('llama.vocab_size', size),
    ggufEntry.fraction('llama.attention.layer_norm_rms_epsilon', 1e-5),
    ggufEntry.fraction('llama.rope.freq_base', 10_000),
    ggufEntry.text('tokenizer.ggml.model', 'llama'),
    ggufEntry.texts('tokenizer.ggml.tokens', tokens),
    ggufEntry.fractions(
      'tokenizer.ggml.scores',
      tokens.map((_, token) => -token),
    ),
    ggufEntry.numbers(
      'tokenizer.ggml.token_type',
      tokens.map((_, token) => typeOf(token)),
    ),
    ggufEntry.number('tokenizer.ggml.bos_token_id', 1),
    ggufEntry.number('tokenizer.ggml.eos_token_id', endToken),
    ggufEntry.number('tokenizer.ggml.unknown_token_id', 0),
    ggufEntry.yes('tokenizer.ggml.add_bos_token'),
    ggufEntry.text('tokenizer.chat_template', template ?? plainTemplate),
  ];
}
