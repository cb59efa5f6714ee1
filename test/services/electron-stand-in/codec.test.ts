import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCodec, createKinds } from '../../electron-stand-in/page/codec.ts';

const { encode, decode } = createCodec(createKinds());

it('gives back every value that can be cloned', () => {
  const values = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: false,
    withNullPrototype: false,
  });
  fc.assert(
    fc.property(values, (value) => {
      expect(decode(encode(value))).toEqual(structuredClone(value));
    }),
  );
});

it('keeps a date that is none', () => {
  expect(decode(encode([new Date(Number.NaN)]))).toEqual([new Date(Number.NaN)]);
});

it('keeps cycles and what is held twice', () => {
  const held = { name: 'held' };
  const value: Record<string, unknown> = { first: held, second: held };
  value.self = value;
  const copy = decode(encode(value)) as typeof value;
  expect(copy.self).toBe(copy);
  expect(copy.first).toBe(copy.second);
});

it('keeps the kind and words of errors, and the bytes of a buffer', () => {
  const copy = decode(encode([new TypeError('no'), Buffer.from('bytes')])) as [Error, Uint8Array];
  expect(copy[0]).toBeInstanceOf(TypeError);
  expect(copy[0].message).toBe('no');
  expect(Buffer.from(copy[1]).toString()).toBe('bytes');
});

it.each([[() => 1], [Symbol('one')], [{ deep: [Promise.resolve()] }]])('refuses what cannot be cloned', (value) => {
  expect(() => encode(value)).toThrow(/could not be cloned/);
});
