import { ByteReader, Malformed, MoreBytes } from './byte-reader.ts';
import { type Metadata, readMetadata } from './read-metadata.ts';
import { quantisationName, tensorBytes } from './tensor-types.ts';

/** Longest header that is read: vocabularies take some megabytes. */
export const headerBytesAtMost = 64 * 1024 * 1024;
const tensorsAtMost = 100_000;
const dimensionsAtMost = 8;
const dimensionsOfVectorAtMost = 16_384;

/** What a model's header says. */
export interface GgufHeader {
  /** `llama`, `qwen2` */
  readonly architecture: string;
  /** The model's own name, `null` if it has none. */
  readonly name: string | null;
  /** The longest context that it was made for, tokens. */
  readonly contextTokens: number;
  readonly quantisation: string | null;
  readonly hasChatTemplate: boolean;
  readonly parameters: number;
  /** What a token of the context takes in memory at 16 bits, bytes. */
  readonly cacheBytesPerToken: number;
  /** Numbers in the vector that it makes of a text; `null`: it makes none, it writes text. */
  readonly dimensions: number | null;
}

/** Why a file is no model that can be loaded. */
export type GgufDefect =
  | 'not-gguf'
  | 'big-endian'
  | 'version'
  | 'damaged'
  /** Its tensors lie beyond its end. */
  | 'cut'
  /** One of several files of a model. */
  | 'split'
  /** It computes something else than text or its embedding: pictures, the order of results, an addition to another model. */
  | 'not-a-language-model';

export type GgufReading =
  | { readonly kind: 'header'; readonly header: GgufHeader }
  /** The header goes on beyond these bytes. */
  | { readonly kind: 'more' }
  | { readonly kind: 'refused'; readonly defect: GgufDefect };

const refused = (defect: GgufDefect): GgufReading => ({ kind: 'refused', defect });

/**
 * Reads the header of a GGUF file (version 2 or 3; ggml, docs/gguf.md), as far as the program needs it, and checks that its tensors
 * lie within the file.
 * @param bytes the beginning of the file @param fileBytes its whole size
 */
export function readGguf(bytes: Uint8Array, fileBytes: number): GgufReading {
  try {
    return read(new ByteReader(bytes), fileBytes);
  } catch (error) {
    if (error instanceof Malformed) return refused('damaged');
    if (!(error instanceof MoreBytes)) throw error;
    return bytes.length >= fileBytes || bytes.length >= headerBytesAtMost ? refused('damaged') : { kind: 'more' };
  }
}

function read(reader: ByteReader, fileBytes: number): GgufReading {
  if (fileBytes < 4 || reader.u32() !== 0x46554747) return refused('not-gguf');
  const version = reader.u32();
  if (version !== 2 && version !== 3)
    return refused(version !== 0 && version % 0x10000 === 0 ? 'big-endian' : 'version');
  const tensorCount = reader.u64();
  const metadata = readMetadata(reader, reader.u64());
  const defect = kindDefect(metadata, tensorCount);
  if (defect !== null) return refused(defect);
  const tensors = readTensors(reader, tensorCount);
  const alignment = numberOf(metadata, 'general.alignment') ?? 32;
  if (alignment < 1 || alignment > 65_536 || !Number.isInteger(alignment)) return refused('damaged');
  const dataAt = Math.ceil(reader.at / alignment) * alignment;
  if (dataAt + tensors.endsAt > fileBytes) return refused('cut');
  return headerOf(metadata, tensors.parameters);
}

interface Tensors {
  readonly parameters: number;
  /** Where the last one ends, from where the tensors begin, bytes. */
  readonly endsAt: number;
}

function readTensors(reader: ByteReader, count: number): Tensors {
  if (count > tensorsAtMost) throw new Malformed('too many tensors');
  let parameters = 0;
  let endsAt = 0;
  for (let index = 0; index < count; index += 1) {
    reader.text(1024);
    const dimensions = reader.u32();
    if (dimensions > dimensionsAtMost) throw new Malformed('too many dimensions');
    let elements = 1;
    for (let each = 0; each < dimensions; each += 1) elements *= reader.u64();
    const type = reader.u32();
    const offset = reader.u64();
    parameters += elements;
    endsAt = Math.max(endsAt, offset + tensorBytes(type, elements));
    if (!Number.isSafeInteger(parameters) || !Number.isSafeInteger(endsAt)) throw new Malformed('a tensor too large');
  }
  return { parameters, endsAt };
}

const numberOf = (metadata: Metadata, name: string): number | null => {
  const value = metadata.get(name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};
const textOf = (metadata: Metadata, name: string): string | null => {
  const value = metadata.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
};

/** Architectures of llama.cpp that write no text by themselves; some make embeddings. */
const otherArchitectures = /^(?:.*bert.*|.*-?embed(?:ding)?s?)$/i;

function kindDefect(metadata: Metadata, tensorCount: number): GgufDefect | null {
  const architecture = textOf(metadata, 'general.architecture');
  if (architecture === null || !/^[\w.-]{1,64}$/.test(architecture)) return 'damaged';
  if ((numberOf(metadata, 'split.count') ?? 1) > 1) return 'split';
  if ((textOf(metadata, 'general.type') ?? 'model') !== 'model' || tensorCount === 0) return 'not-a-language-model';
  if (notForEmbeddings.test(architecture)) return 'not-a-language-model';
  const pooling = poolingOf(metadata, architecture);
  if (pooling > 0) return embeddingPoolings.has(pooling) ? null : 'not-a-language-model';
  return otherArchitectures.test(architecture) ? 'not-a-language-model' : null;
}

/** Architectures that make neither text nor embeddings of it, whatever else their header says. */
const notForEmbeddings = /^(?:clip|mmproj|t5encoder|whisper|wavtokenizer-dec|sd\d?|sdxl|flux)$/i;

/** How the tokens of a text become one embedding (`llama_pooling_type`): their mean, the first or the last. 4 ranks. */
const embeddingPoolings: ReadonlySet<number> = new Set([1, 2, 3]);

/** 0: they do not. Models of BERT's kind that do not say it give one for each token, of which nothing can be made here. */
const poolingOf = (metadata: Metadata, architecture: string): number =>
  numberOf(metadata, `${architecture}.pooling_type`) ?? 0;

function headerOf(metadata: Metadata, parameters: number): GgufReading {
  const architecture = textOf(metadata, 'general.architecture') ?? '';
  const contextTokens = numberOf(metadata, `${architecture}.context_length`);
  if (contextTokens === null || contextTokens < 1 || contextTokens > 100_000_000) return refused('damaged');
  const length = numberOf(metadata, `${architecture}.embedding_length`) ?? 0;
  const isForEmbeddings = poolingOf(metadata, architecture) > 0;
  if (isForEmbeddings && !(length >= 1 && length <= dimensionsOfVectorAtMost)) return refused('damaged');
  return {
    kind: 'header',
    header: {
      architecture,
      name: textOf(metadata, 'general.name')?.trim().slice(0, 200) ?? null,
      contextTokens: Math.floor(contextTokens),
      quantisation: quantisationName(numberOf(metadata, 'general.file_type')),
      hasChatTemplate: metadata.has('tokenizer.chat_template'),
      parameters,
      cacheBytesPerToken: cacheBytesPerToken(metadata, architecture),
      dimensions: isForEmbeddings ? Math.floor(length) : null,
    },
  };
}

/** Keys and values, 2 bytes each, of every block; 0 where the header does not tell enough. */
function cacheBytesPerToken(metadata: Metadata, architecture: string): number {
  const part = (name: string): number | null => numberOf(metadata, `${architecture}.${name}`);
  const heads = part('attention.head_count') ?? 0;
  const keyHeads = part('attention.head_count_kv') ?? heads;
  const headSize = part('attention.key_length') ?? (heads > 0 ? (part('embedding_length') ?? 0) / heads : 0);
  const valueSize = part('attention.value_length') ?? headSize;
  const bytes = (part('block_count') ?? 0) * keyHeads * (headSize + valueSize) * 2;
  return Number.isFinite(bytes) && bytes > 0 && bytes < 1e9 ? Math.round(bytes) : 0;
}

/** Whether a file's name is that of one of several parts of a model (`…-00001-of-00003.gguf`). */
export const isSplitName = (name: string): boolean =>
  /-\d{5}-of-\d{5}\.gguf$/i.test(name) && !/-00001-of-00001\./.test(name);
