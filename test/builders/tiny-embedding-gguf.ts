import fs from 'node:fs';
import { type GgufTensor, ggufEntry, ggufOf, zeros } from './gguf-writer.ts';

/** A model for embeddings that a real llama.cpp loads and computes with. */
export interface TinyEmbeddingModel {
  /** Words that mean the same stand together, each in lower case; every other word means nothing. */
  readonly meanings: readonly (readonly string[])[];
  /** The longest text that it was made for, tokens. */
  readonly contextTokens: number;
}

/** Numbers of one embedding. */
export const tinyDimensions = 64;
const heads = 2;
const feedForward = 32;
const specials = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const;
const tokenId = (name: (typeof specials)[number]): number => specials.indexOf(name);

/**
 * Writes a model as GGUF (architecture bert, WordPiece, mean pooling, F32). Its attention and its feed-forward net add
 * nothing, and each meaning is a dimension of its own; so the embedding of a text is that of its words, in the proportion in
 * which their meanings occur. Returns its size, bytes.
 */
export function writeTinyEmbeddingModel(file: string, { meanings, contextTokens }: TinyEmbeddingModel): number {
  if (meanings.length > tinyDimensions) throw new Error('too many meanings');
  const words = meanings.flatMap((same, meaning) => same.map((word) => ({ word, meaning })));
  const tokens = [...specials, ...words.map(({ word }) => `▁${word}`)];
  // A round number, as the engine likes it.
  while (tokens.length % 8 !== 0) tokens.push(`▁unused${tokens.length}`);
  const embedding = zeros('token_embd.weight', tinyDimensions, tokens.length);
  for (const [index, { meaning }] of words.entries()) {
    embedding.values[(specials.length + index) * tinyDimensions + meaning] = 1;
  }
  const whole = ggufOf(metadataOf(tokens, contextTokens), [embedding, ...plainTensors(contextTokens)]);
  fs.writeFileSync(file, whole);
  return whole.length;
}

function plainTensors(contextTokens: number): readonly GgufTensor[] {
  const ones = (name: string): GgufTensor => ({
    name,
    shape: [tinyDimensions],
    values: new Float32Array(tinyDimensions).fill(1),
  });
  const norm = (name: string): readonly GgufTensor[] => [ones(`${name}.weight`), zeros(`${name}.bias`, tinyDimensions)];
  const layer = (name: string, from: number, to: number): readonly GgufTensor[] => [
    zeros(`blk.0.${name}.weight`, from, to),
    zeros(`blk.0.${name}.bias`, to),
  ];
  return [
    zeros('token_types.weight', tinyDimensions, 2),
    zeros('position_embd.weight', tinyDimensions, contextTokens),
    ...norm('token_embd_norm'),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].flatMap((name) => layer(name, tinyDimensions, tinyDimensions)),
    ...norm('blk.0.attn_output_norm'),
    ...layer('ffn_up', tinyDimensions, feedForward),
    ...layer('ffn_down', feedForward, tinyDimensions),
    ...norm('blk.0.layer_output_norm'),
  ];
}

const metadataOf = (tokens: readonly string[], contextTokens: number): readonly Buffer[] => [
  ggufEntry.text('general.architecture', 'bert'),
  ggufEntry.text('general.name', 'Tiny Meaning'),
  ggufEntry.number('general.file_type', 0),
  ggufEntry.number('bert.context_length', contextTokens),
  ggufEntry.number('bert.embedding_length', tinyDimensions),
  ggufEntry.number('bert.block_count', 1),
  ggufEntry.number('bert.feed_forward_length', feedForward),
  ggufEntry.number('bert.attention.head_count', heads),
  ggufEntry.fraction('bert.attention.layer_norm_epsilon', 1e-12),
  ggufEntry.no('bert.attention.causal'),
  ggufEntry.number('bert.pooling_type', 1),
  ggufEntry.text('tokenizer.ggml.model', 'bert'),
  ggufEntry.text('tokenizer.ggml.pre', 'jina-v2-en'),
  ggufEntry.number('tokenizer.ggml.token_type_count', 2),
  ggufEntry.texts('tokenizer.ggml.tokens', tokens),
  ggufEntry.fractions(
    'tokenizer.ggml.scores',
    tokens.map(() => -1000),
  ),
  ggufEntry.numbers(
    'tokenizer.ggml.token_type',
    tokens.map((_, token) => (token < specials.length ? 3 : 1)),
  ),
  ggufEntry.number('tokenizer.ggml.bos_token_id', tokenId('[CLS]')),
  ggufEntry.number('tokenizer.ggml.eos_token_id', tokenId('[SEP]')),
  ggufEntry.number('tokenizer.ggml.cls_token_id', tokenId('[CLS]')),
  ggufEntry.number('tokenizer.ggml.seperator_token_id', tokenId('[SEP]')),
  ggufEntry.number('tokenizer.ggml.unknown_token_id', tokenId('[UNK]')),
  ggufEntry.number('tokenizer.ggml.padding_token_id', tokenId('[PAD]')),
  ggufEntry.number('tokenizer.ggml.mask_token_id', tokenId('[MASK]')),
];
