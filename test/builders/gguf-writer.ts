import fs from 'node:fs';
import { f32, text, u32, u64 } from './gguf-bytes.ts';

/** A tensor of 32-bit numbers. */
export interface GgufTensor {
  readonly name: string;
  /** Fastest dimension first. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A tensor that adds nothing. */
export const zeros = (name: string, ...shape: number[]): GgufTensor => ({
  name,
  shape,
  values: new Float32Array(shape.reduce((product, length) => product * length, 1)),
});

const alignment = 32;
const padded = (length: number): number => Math.ceil(length / alignment) * alignment;
const padding = (length: number): Buffer => Buffer.alloc(padded(length) - length);

/** A whole GGUF file (version 3, F32). @param metadata made with `ggufEntry` */
export function ggufOf(metadata: readonly Buffer[], tensors: readonly GgufTensor[]): Buffer {
  const headBytes = headOf(metadata, tensors);
  return Buffer.concat([
    headBytes,
    padding(headBytes.length),
    ...tensors.flatMap(({ values }) => [Buffer.from(values.buffer), padding(values.byteLength)]),
  ]);
}

/** Writes such a file, with a hole where a tensor is nothing but zeros; returns its size, bytes. */
export function writeGguf(file: string, metadata: readonly Buffer[], tensors: readonly GgufTensor[]): number {
  const head = headOf(metadata, tensors);
  const handle = fs.openSync(file, 'w');
  try {
    fs.writeSync(handle, head);
    let at = padded(head.length);
    for (const { values } of tensors) {
      if (values.some((value) => value !== 0)) fs.writeSync(handle, Buffer.from(values.buffer), 0, null, at);
      at += padded(values.byteLength);
    }
    fs.ftruncateSync(handle, at);
    return at;
  } finally {
    fs.closeSync(handle);
  }
}

function headOf(metadata: readonly Buffer[], tensors: readonly GgufTensor[]): Buffer {
  const head = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(metadata.length), ...metadata];
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    head.push(text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset));
    offset += padded(values.byteLength);
  }
  return Buffer.concat(head);
}

const entry = (key: string, type: number, value: Buffer): Buffer => Buffer.concat([text(key), u32(type), value]);
const list = (key: string, type: number, items: readonly Buffer[]): Buffer =>
  entry(key, 9, Buffer.concat([u32(type), u64(items.length), ...items]));

/** What a header says, by the kind of its value. */
export const ggufEntry = {
  number: (key: string, value: number): Buffer => entry(key, 4, u32(value)),
  fraction: (key: string, value: number): Buffer => entry(key, 6, f32(value)),
  yes: (key: string): Buffer => entry(key, 7, Buffer.from([1])),
  no: (key: string): Buffer => entry(key, 7, Buffer.from([0])),
  text: (key: string, value: string): Buffer => entry(key, 8, text(value)),
  texts: (key: string, values: readonly string[]): Buffer => list(key, 8, values.map(text)),
  numbers: (key: string, values: readonly number[]): Buffer => list(key, 5, values.map(u32)),
  fractions: (key: string, values: readonly number[]): Buffer => list(key, 6, values.map(f32)),
} as const;
