import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalBytes } from '../../../node-core/protocol/trust/canonical.ts';
import { verifyStrictly } from '../../../node-core/protocol/trust/ed25519.ts';
import { judgeHartCertificate } from '../../../node-core/protocol/trust/hart-certificate.ts';
import { readWireTime } from '../../../node-core/protocol/trust/wire-time.ts';
import { createStrictVerifier } from '../../../node-core/trust/verification/strict-verify.ts';
import data from './hart-certificates.json' with { type: 'json' };

/** Made by HART OS's own issuer in Python, with throw-away keys: see `about` in the file. */
const createSchema = z.object({
  operation: z.literal('create_cert'),
  name: z.string(),
  input: z.object({ parent_seed_hex: z.string() }),
  expected: z.object({ certificate: z.record(z.string(), z.unknown()) }),
});
const verifySchema = z.object({
  operation: z.literal('verify_cert'),
  name: z.string(),
  input: z.object({ now: z.string(), anchor_hex: z.string(), certificate_wire: z.string() }),
  expected: z.object({ valid: z.boolean() }),
});
const vectors = z.array(z.discriminatedUnion('operation', [createSchema, verifySchema])).parse(data.vectors);
const created = vectors.filter((vector) => vector.operation === 'create_cert');
const judged = vectors.filter((vector) => vector.operation === 'verify_cert');

test('all 21 vectors are here', () => {
  expect([created.length, judged.length]).toEqual([4, 17]);
});

describe('what HART OS issues is what our canonical bytes and the same key give', () => {
  test.each(created)('$name', ({ input, expected }) => {
    const { parent_signature: signature, ...body } = expected.certificate;
    const der = Buffer.from(`302e020100300506032b657004220420${input.parent_seed_hex}`, 'hex');
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    expect(sign(null, canonicalBytes(body), key).toString('hex')).toBe(signature);
  });
});

describe.each([
  ['noble', verifyStrictly],
  ['node:crypto', createStrictVerifier()],
])('what HART OS verifies, by %s', (_name, verify) => {
  test.each(judged)('$name: $expected.valid', ({ input, expected }) => {
    const nowMs = (readWireTime(input.now) ?? Number.NaN) / 1000;
    const terms = { anchor: input.anchor_hex, nowMs, verify, isRevoked: () => false };
    const verdict = judgeHartCertificate(JSON.parse(input.certificate_wire), terms);
    expect(verdict.kind === 'valid').toBe(expected.valid);
  });
});
