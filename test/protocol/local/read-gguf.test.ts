import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSplitName, readGguf } from '../../../node-core/protocol/local/gguf/read-gguf.ts';
import { chatMetadata, embeddingMetadata, type GgufParts, ggufFile } from '../../builders/gguf-file.ts';

const readingOf = (parts: GgufParts) => {
  const file = ggufFile(parts);
  return readGguf(file, file.length);
};

describe('readGguf', () => {
  it.each([2, 3])('reads what the header of version %i says', (version) => {
    expect(readingOf({ version })).toEqual({
      kind: 'header',
      header: {
        architecture: 'llama',
        name: 'Tiny Chat',
        contextTokens: 2048,
        quantisation: 'Q4_K_M',
        hasChatTemplate: true,
        parameters: 4096,
        cacheBytesPerToken: 2 * 2 * 2 * 16 * 2,
        dimensions: null,
      },
    });
  });

  it.each(['bert', 'nomic-bert', 'nomic-bert-moe', 'jina-bert-v2', 'modern-bert', 'gemma-embedding', 'qwen3', 'llama'])(
    'tells a model for embeddings by how it pools: %s',
    (architecture) => {
      for (const pooling of [1, 2, 3]) {
        const metadata = {
          'general.architecture': architecture,
          [`${architecture}.context_length`]: 512,
          [`${architecture}.embedding_length`]: 384,
          [`${architecture}.pooling_type`]: pooling,
        };
        expect(readingOf({ metadata })).toMatchObject({ kind: 'header', header: { architecture, dimensions: 384 } });
      }
    },
  );

  it('takes a model that says it does not pool for one that writes', () => {
    const reading = readingOf({ metadata: { ...chatMetadata, 'llama.pooling_type': 0 } });
    expect(reading).toMatchObject({ kind: 'header', header: { dimensions: null } });
  });

  it('asks for more where the header is longer than what it was given', () => {
    const file = ggufFile();
    for (const length of [4, 20, 100])
      expect(readGguf(file.subarray(0, length), file.length)).toEqual({ kind: 'more' });
  });

  it('reads a vocabulary of a quarter of a million words without keeping it', () => {
    const words = Array.from({ length: 250_000 }, (_, index) => `word${index}`);
    expect(readingOf({ metadata: { ...chatMetadata, 'tokenizer.ggml.tokens': words } }).kind).toBe('header');
  });

  it.each<[string, GgufParts, string]>([
    ['the tensors end beyond the file', { dataBytes: 64 * 64 * 4 - 1 }, 'cut'],
    ['a tensor begins beyond the file', { tensors: [{ name: 't', dimensions: [1], type: 99, offset: 1e6 }] }, 'cut'],
    [
      'a tensor is larger than can be',
      { tensors: [{ name: 't', dimensions: [2 ** 52, 2 ** 52], type: 0 }] },
      'damaged',
    ],
    ['the version is one of tomorrow', { version: 4 }, 'version'],
    ['the version is 1', { version: 1 }, 'version'],
    ['it is for the other order of bytes', { version: 0x03000000 }, 'big-endian'],
    ['it is one of several', { metadata: { ...chatMetadata, 'split.count': 3 } }, 'split'],
    ['it reads pictures', { metadata: { ...chatMetadata, 'general.architecture': 'clip' } }, 'not-a-language-model'],
    [
      'it makes embeddings, but of each word alone',
      { metadata: { 'general.architecture': 'nomic-bert' } },
      'not-a-language-model',
    ],
    ['it puts results into order', { metadata: { ...chatMetadata, 'llama.pooling_type': 4 } }, 'not-a-language-model'],
    ['its vectors have no length', { metadata: { ...embeddingMetadata, 'bert.embedding_length': 0 } }, 'damaged'],
    [
      'its vectors are longer than can be',
      { metadata: { ...embeddingMetadata, 'bert.embedding_length': 16_385 } },
      'damaged',
    ],
    [
      'it reads pictures, whatever it says of its pooling',
      { metadata: { ...chatMetadata, 'general.architecture': 'clip', 'clip.pooling_type': 1 } },
      'not-a-language-model',
    ],
    ['it adds to another', { metadata: { ...chatMetadata, 'general.type': 'adapter' } }, 'not-a-language-model'],
    ['it is a vocabulary alone', { tensors: [] }, 'not-a-language-model'],
    ['it says no architecture', { metadata: {} }, 'damaged'],
    ['it says no context', { metadata: { 'general.architecture': 'llama' } }, 'damaged'],
    ['its alignment is none', { metadata: { ...chatMetadata, 'general.alignment': 0 } }, 'damaged'],
  ])('refuses a file when %s', (_when, parts, defect) => {
    expect(readingOf(parts)).toEqual({ kind: 'refused', defect });
  });

  it('refuses what is no GGUF', () => {
    for (const text of ['', 'GGU', 'PK\u0003\u0004 and so on', 'GGUX']) {
      const bytes = Buffer.from(text);
      expect(readGguf(bytes, bytes.length)).toEqual({ kind: 'refused', defect: 'not-gguf' });
    }
  });

  it('refuses lengths that lie, at once and without taking memory', () => {
    const file = ggufFile();
    const before = process.memoryUsage().arrayBuffers;
    for (const at of [8, 16, 24]) {
      const lie = Buffer.from(file);
      lie.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, at);
      expect(readGguf(lie, lie.length)).toEqual({ kind: 'refused', defect: 'damaged' });
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it('says something of any bytes, and of any damage to a good file', () => {
    const file = ggufFile();
    const anyBytes = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(['more', 'refused', 'header']).toContain(readGguf(bytes, bytes.length).kind);
        const behind = Buffer.concat([file.subarray(0, 24), bytes]);
        expect(['more', 'refused', 'header']).toContain(readGguf(behind, behind.length).kind);
      }),
    );
    const headBytes = file.length - 64 * 64 * 4;
    fc.assert(
      fc.property(fc.nat(headBytes - 1), fc.uint8Array({ minLength: 1, maxLength: 9 }), (at, bytes) => {
        const damaged = Buffer.from(file);
        damaged.set(bytes.subarray(0, headBytes - at), at);
        const reading = readGguf(damaged, damaged.length);
        if (reading.kind === 'header') expect(reading.header.parameters).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
        else expect(['more', 'refused']).toContain(reading.kind);
      }),
      { numRuns: 2000 },
    );
  });

  it('never says that a file which was cut is whole', () => {
    const file = ggufFile();
    fc.assert(
      fc.property(fc.nat(file.length - 1), (length) => {
        expect(readGguf(file.subarray(0, length), length).kind).toBe('refused');
      }),
    );
  });
});

describe('isSplitName', () => {
  it.each([
    ['model-00001-of-00003.gguf', true],
    ['model-00003-of-00003.GGUF', true],
    ['model-00001-of-00001.gguf', false],
    ['model.gguf', false],
    ['model-1-of-3.gguf', false],
  ])('knows whether %s is one of several', (name, isSplit) => {
    expect(isSplitName(name)).toBe(isSplit);
  });
});
