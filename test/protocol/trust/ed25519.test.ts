import { createPublicKey, generateKeyPairSync, sign, verify as verifyLoosely } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, hexToBytes } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSoundKey, verifyStrictly } from '../../../node-core/protocol/trust/ed25519.ts';
import { createStrictVerifier } from '../../../node-core/trust/verification/strict-verify.ts';
import { tamingVectors } from './taming-vectors.ts';

interface Case {
  readonly name: string;
  readonly message: string;
  readonly publicKey: string;
  readonly signature: string;
}

const { Point } = ed25519;
const order = Point.Fn.ORDER;
const fast = createStrictVerifier();

/** Both ways, which have to agree. */
function verdictOf({ message, signature, publicKey }: Omit<Case, 'name'>): boolean {
  const bytes = hexToBytes(message);
  const slowly = verifyStrictly(bytes, signature, publicKey);
  expect(fast(bytes, signature, publicKey)).toBe(slowly);
  // Once more: now the key may be in the cache.
  expect(fast(bytes, signature, publicKey)).toBe(slowly);
  return slowly;
}

const littleEndian = (value: bigint): Uint8Array => hexToBytes(value.toString(16).padStart(64, '0')).toReversed();
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${bytesToHex(bytes.toReversed())}`);
const reduced = (value: bigint): bigint => ((value % order) + order) % order;

/** A point of order 8, and all small ones with it. */
const eighth = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const small = Array.from({ length: 8 }, (_, n) => (n === 0 ? Point.ZERO : eighth.multiplyUnsafe(BigInt(n))));

/** A signature by the private scalar `a` and nonce `r`, with torsion added to the key and to R; k is of what is sent. */
function forge(
  message: string,
  { a, r, inKey = 0, inR = 0 }: { a: bigint; r: bigint; inKey?: number; inR?: number },
): Case {
  const times = (scalar: bigint): typeof Point.BASE => (scalar === 0n ? Point.ZERO : Point.BASE.multiply(scalar));
  const publicKey = times(a)
    .add(small[inKey] ?? Point.ZERO)
    .toHex();
  const R = times(r)
    .add(small[inR] ?? Point.ZERO)
    .toHex();
  const k = reduced(numberOf(sha512(hexToBytes(R + publicKey + message))));
  const signature = R + bytesToHex(littleEndian(reduced(r + k * a)));
  return { name: `key + ${inKey}, R + ${inR}`, message, publicKey, signature };
}

const message = bytesToHex(new TextEncoder().encode('a certificate'));
const secrets = { a: 0x1234567890abcdef1234567890abcdefn, r: 0xfedcba0987654321fedcba0987654321n };

describe('what is verified', () => {
  // RFC 8032, section 7.1, tests 1 to 3.
  test.each<Case>([
    {
      name: 'test 1',
      message: '',
      publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      signature:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    },
    {
      name: 'test 2',
      message: '72',
      publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      signature:
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    },
    {
      name: 'test 3',
      message: 'af82',
      publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      signature:
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    },
  ])('RFC 8032, $name', (vector) => expect(verdictOf(vector)).toBe(true));

  test('a signature made here by hand', () => expect(verdictOf(forge(message, secrets))).toBe(true));

  test('signatures of node:crypto over any bytes, and none of them changed by one bit', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = bytesToHex(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(511), (bytes, bit) => {
        const signature = sign(null, bytes, privateKey);
        const valid = { message: bytesToHex(bytes), publicKey: key, signature: bytesToHex(signature) };
        expect(verdictOf(valid)).toBe(true);
        signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verdictOf({ ...valid, signature: bytesToHex(signature) })).toBe(false);
      }),
      { numRuns: 15 },
    );
  });
});

const sound = forge(message, secrets);
const p = Point.Fp.ORDER;
/** The ways to write a y beyond p, each with both signs (y - p = 0..18). */
const beyond = Array.from({ length: 19 }, (_, n) => p + BigInt(n)).flatMap((y) => [y, y + 2n ** 255n]);
const hexOf = (value: bigint): string => bytesToHex(littleEndian(value));

/** A key or R that stands for a small point always verifies somewhere, with k·A or R's torsion gone by chance. */
const refused: readonly Case[] = [
  ...tamingVectors,
  ...small.flatMap((_, n) => [
    forge(message, { a: 0n, r: secrets.r, inKey: n }),
    forge(message, { ...secrets, r: 0n, inR: n }),
  ]),
  ...[1, 2, 3, 4, 5, 6, 7].flatMap((n) => [
    // With torsion 8/n of the messages make k·T vanish: those verify without the cofactor too.
    ...Array.from({ length: 12 }, (_, tried) =>
      forge(message + tried.toString(16).padStart(2, '0'), { ...secrets, inKey: n }),
    ),
    forge(message, { ...secrets, inR: n }),
    forge(message, { ...secrets, inKey: n, inR: 8 - n }),
  ]),
  ...beyond.flatMap((y) => [
    { ...sound, name: `key ${hexOf(y)}`, publicKey: hexOf(y) },
    { ...sound, name: `R ${hexOf(y)}`, signature: hexOf(y) + sound.signature.slice(64) },
  ]),
  { ...sound, name: 'key 1 with the sign of minus zero', publicKey: `01${'0'.repeat(60)}80` },
  { ...sound, name: 'key -1 with the sign of minus zero', publicKey: hexOf(p - 1n + 2n ** 255n) },
  { ...sound, name: 'a key that is no point', publicKey: hexOf(2n) },
  ...[1n, 2n, 15n].map((times) => ({
    ...sound,
    name: `S + ${times} L`,
    signature: sound.signature.slice(0, 64) + hexOf(numberOf(hexToBytes(sound.signature.slice(64))) + times * order),
  })),
  { ...sound, name: 'S = L', signature: sound.signature.slice(0, 64) + hexOf(order) },
  { ...sound, name: 'S of ones', signature: sound.signature.slice(0, 64) + 'f'.repeat(64) },
  { ...sound, name: 'another message', message: '00' },
  { ...sound, name: 'upper case in the key', publicKey: sound.publicKey.toUpperCase() },
  { ...sound, name: 'upper case in the signature', signature: sound.signature.toUpperCase() },
  { ...sound, name: 'a short key', publicKey: sound.publicKey.slice(2) },
  { ...sound, name: 'a long key', publicKey: `${sound.publicKey}00` },
  { ...sound, name: 'a short signature', signature: sound.signature.slice(2) },
  { ...sound, name: 'a long signature', signature: `${sound.signature}00` },
  { ...sound, name: 'a signature and a line feed', signature: `${sound.signature}\n` },
  { ...sound, name: 'no signature', signature: '' },
];

describe('what is refused, by both ways alike', () => {
  test.each(refused.map((vector, n) => ({ ...vector, n })))('$n: $name', (vector) => {
    expect(verdictOf(vector)).toBe(false);
  });

  test('some of it would count where the rule is not strict', () => {
    const loose = refused.filter(({ message: text, publicKey, signature }) => {
      if (!/^[0-9a-f]{64}$/.test(publicKey)) return false;
      const key = createPublicKey({
        key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') },
        format: 'jwk',
      });
      return verifyLoosely(null, hexToBytes(text), key, Buffer.from(signature, 'hex'));
    });
    const names = new Set(loose.map(({ name }) => name));
    expect(names).toContain('key + 4, R + 0');
    expect(names).toContain('taming 3: mixed key and R');
  });

  test('noble without the strict rule takes torsion, which node:crypto refuses', () => {
    const mixed = forge(message, { ...secrets, inR: 3 });
    expect(ed25519.verify(hexToBytes(mixed.signature), hexToBytes(message), hexToBytes(mixed.publicKey))).toBe(true);
  });
});

test.each([
  ['a key', sound.publicKey, true],
  ['the neutral point', hexOf(1n), false],
  ['a point of order 8', eighth.toHex(), false],
  ['a mixed point', forge(message, { ...secrets, inKey: 1 }).publicKey, false],
  ['text that is none', 'key', false],
])('%s is sound: %s %s', (_name, key, isSound) => expect(isSoundKey(key)).toBe(isSound));
