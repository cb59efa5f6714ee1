import { text, u32, u64 } from './gguf-bytes.ts';

/** A value of a header: a number is 32 bits wide. */
type GgufValue = number | string | boolean | readonly string[];

/** What a test says of a model file. */
export interface GgufParts {
  readonly version?: number;
  readonly metadata?: Readonly<Record<string, GgufValue>>;
  readonly tensors?: readonly {
    readonly name: string;
    readonly dimensions: readonly number[];
    readonly type: number;
    readonly offset?: number;
  }[];
  /** Bytes of tensors; default: as many as they need. */
  readonly dataBytes?: number;
}

/** The metadata of a small model that can be loaded, as far as its header says. */
export const chatMetadata: Readonly<Record<string, GgufValue>> = {
  'general.architecture': 'llama',
  'general.name': 'Tiny Chat',
  'general.file_type': 15,
  'llama.context_length': 2048,
  'llama.embedding_length': 64,
  'llama.block_count': 2,
  'llama.attention.head_count': 4,
  'llama.attention.head_count_kv': 2,
  'tokenizer.ggml.tokens': ['<unk>', 'a', 'b'],
  'tokenizer.chat_template': '{{ messages }}',
};

/** The metadata of a small model for embeddings. */
export const embeddingMetadata: Readonly<Record<string, GgufValue>> = {
  'general.architecture': 'bert',
  'general.name': 'Tiny Meaning',
  'bert.context_length': 512,
  'bert.embedding_length': 64,
  'bert.pooling_type': 1,
};

/** A GGUF file with a header and zeros for tensors. */
export function ggufFile({
  version = 3,
  metadata = chatMetadata,
  tensors = [oneTensor],
  dataBytes,
}: GgufParts = {}): Buffer {
  const entries = Object.entries(metadata);
  const infos = tensors.map(({ name, dimensions, type, offset = 0 }) =>
    Buffer.concat([text(name), u32(dimensions.length), ...dimensions.map(u64), u32(type), u64(offset)]),
  );
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    u64(tensors.length),
    u64(entries.length),
    ...entries.map(([name, value]) => Buffer.concat([text(name), valueBytes(value)])),
    ...infos,
  ]);
  const padding = Buffer.alloc((32 - (head.length % 32)) % 32);
  return Buffer.concat([head, padding, Buffer.alloc(dataBytes ?? 64 * 64 * 4)]);
}

const oneTensor = { name: 'token_embd.weight', dimensions: [64, 64], type: 0 };

function valueBytes(value: GgufValue): Buffer {
  if (typeof value === 'number') return Buffer.concat([u32(4), u32(value)]);
  if (typeof value === 'string') return Buffer.concat([u32(8), text(value)]);
  if (typeof value === 'boolean') return Buffer.concat([u32(7), Buffer.from([value ? 1 : 0])]);
  return Buffer.concat([u32(9), u32(8), u64(value.length), ...value.map(text)]);
}
