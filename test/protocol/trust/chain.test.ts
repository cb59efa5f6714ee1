import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Certificate, CertificateBody } from '../../../node-core/protocol/trust/certificate.ts';
import { judgeChain } from '../../../node-core/protocol/trust/chain.ts';
import { type ChainTerms, chainDefects } from '../../../node-core/protocol/trust/chain-terms.ts';
import { verifyStrictly } from '../../../node-core/protocol/trust/ed25519.ts';
import { toWireTime } from '../../../node-core/protocol/trust/wire-time.ts';
import { createStrictVerifier } from '../../../node-core/trust/verification/strict-verify.ts';
import { certificateOf, issuedAtMs, localChain, publicKeyOf } from '../../builders/hive-certificates.ts';

const anchor = publicKeyOf('anchor');
const minute = 60_000;
const day = 86_400_000;
const terms: ChainTerms = {
  anchor,
  nowMs: issuedAtMs + day,
  verify: createStrictVerifier(),
  isRevoked: () => false,
};
const regional = (changes: Partial<CertificateBody> = {}): Certificate =>
  certificateOf('regional', 'anchor', { tier: 'regional', ...changes });
const alone = (certificate: unknown): unknown => ({ certificate, issuers: [] });
const flipped = (text: string): string => (text.startsWith('0') ? '1' : '0') + text.slice(1);

describe('chains that count', () => {
  const leafEnd = issuedAtMs + 3 * day;
  test.each<[string, unknown, Partial<ChainTerms>, number]>([
    ['a central process', alone(certificateOf('central', 'anchor', { tier: 'central' })), {}, issuedAtMs + 7 * day],
    ['a regional', alone(regional()), {}, issuedAtMs + 7 * day],
    ['a regional that may issue', alone(regional({ capabilities: ['issue'] })), {}, issuedAtMs + 7 * day],
    ['a local', localChain(), {}, leafEnd],
    ['a local without capabilities', localChain({ capabilities: [] }), {}, leafEnd],
    [
      'a local whose parent was renewed since',
      localChain({}, { issued_at: toWireTime(issuedAtMs + day) }),
      {},
      leafEnd,
    ],
    ['a local that ends with its parent', localChain({}, { expires_at: toWireTime(leafEnd) }), {}, leafEnd],
    ['issued in 5 minutes', localChain(), { nowMs: issuedAtMs - 5 * minute }, leafEnd],
    ['in its last moment', localChain(), { nowMs: leafEnd }, leafEnd],
    ['ended within the grace', localChain(), { nowMs: leafEnd + minute, endedLeafGraceMs: minute }, leafEnd],
    [
      'ended together with its parent, within the grace',
      localChain({}, { expires_at: toWireTime(leafEnd) }),
      { nowMs: leafEnd + 90 * day, endedLeafGraceMs: 90 * day },
      leafEnd,
    ],
    ['for 366 days', alone(regional({ expires_at: toWireTime(issuedAtMs + 366 * day) })), {}, issuedAtMs + 366 * day],
    [
      'with a fraction of a second and Z',
      alone(regional({ expires_at: '2026-06-08T12:00:00.5Z' })),
      {},
      issuedAtMs + 7 * day + 500,
    ],
  ])('%s', (_name, chain, changes, endsAtMs) => {
    expect(judgeChain(chain, { ...terms, ...changes })).toEqual({ kind: 'valid', chain, endsAtMs });
  });
});

type Refused = readonly [defect: string, position: number, name: string, chain: unknown, changes?: Partial<ChainTerms>];
const local = localChain();
const [parent] = local.issuers;
const named = (seed: string): Partial<CertificateBody> => ({ parent_public_key: publicKeyOf(seed) });

const refused: readonly Refused[] = [
  ['too-large', 0, 'a leaf above 4 KiB', alone({ ...regional(), node_id: 'x'.repeat(4_096) })],
  ['too-large', 1, 'a parent above 4 KiB', { ...local, issuers: [{ ...parent, node_id: 'x'.repeat(4_096) }] }],
  ['too-large', 0, 'a great many issuers', { ...local, issuers: Array(30_000).fill(0) }],
  ['malformed', 0, 'nothing', undefined],
  ['malformed', 0, 'a certificate without its shell', regional()],
  ['malformed', 0, 'a field too many beside it', { ...local, extra: 1 }],
  ['malformed', 0, 'a field too many in it', alone({ ...regional(), extra: 1 })],
  ['malformed', 1, 'a field too many in the parent', { ...local, issuers: [{ ...parent, extra: 1 }] }],
  ['malformed', 0, 'text beyond ASCII', alone(regional({ node_id: 'é' }))],
  ['malformed', 0, 'a key in upper case', alone(regional({ public_key: publicKeyOf('regional').toUpperCase() }))],
  ['malformed', 0, 'no such day', alone(regional({ issued_at: '2026-02-30T12:00:00+00:00' }))],
  ['malformed', 0, 'an end before the beginning', alone(regional({ expires_at: toWireTime(issuedAtMs - 1_000) }))],
  ['malformed', 0, 'four issuers', { ...local, issuers: Array(4).fill(parent) }],
  ...Object.keys(regional()).map((field): Refused => {
    const { [field as keyof Certificate]: _, ...rest }: Partial<Certificate> = regional();
    return ['malformed', 0, `${field} is missing`, alone(rest)];
  }),
  ['bad-signature', 0, 'a changed field', alone({ ...regional(), node_id: 'other' })],
  ['bad-signature', 0, 'a changed key', alone({ ...regional(), public_key: publicKeyOf('other') })],
  ['bad-signature', 1, 'a changed parent', { ...local, issuers: [{ ...parent, node_id: 'other' }] }],
  [
    'bad-signature',
    0,
    'says the anchor, signed by another',
    alone(certificateOf('a', 'b', { tier: 'regional', ...named('anchor') })),
  ],
  [
    'bad-signature',
    0,
    'a chain whose links do not meet',
    { ...local, issuers: [certificateOf('other', 'anchor', { tier: 'regional' })] },
  ],
  ['bad-signature', 0, 'an issuer too many', { certificate: regional(), issuers: [parent] }],
  ['other-anchor', 0, 'a regional of another hive', alone(certificateOf('a', 'other', { tier: 'regional' }))],
  ['other-anchor', 0, 'a local without its parent', alone(local.certificate)],
  [
    'other-anchor',
    1,
    'a local of another hive',
    { certificate: local.certificate, issuers: [certificateOf('regional', 'other', { tier: 'regional' })] },
  ],
  ['tier-not-allowed', 0, 'a local under the anchor', alone(certificateOf('a', 'anchor', { tier: 'local' }))],
  ['tier-not-allowed', 0, 'a regional under a regional', localChain({ tier: 'regional' })],
  ['tier-not-allowed', 0, 'a central under a regional', localChain({ tier: 'central' })],
  ['tier-not-allowed', 1, 'a local under a central', localChain({}, { tier: 'central' })],
  [
    'tier-not-allowed',
    1,
    'a local under a local',
    { certificate: certificateOf('a', 'local', { tier: 'local' }), issuers: [local.certificate, parent] },
  ],
  ['capability-missing', 1, 'a parent that may not issue', localChain({}, { capabilities: ['mesh', 'work'] })],
  ['capability-missing', 1, 'a parent without capabilities', localChain({}, { capabilities: [] })],
  ['not-yet-valid', 0, 'issued in 5 minutes and a bit', local, { nowMs: issuedAtMs - 5 * minute - 0.001 }],
  ['not-yet-valid', 1, 'a parent not yet', localChain({}, { issued_at: toWireTime(issuedAtMs + 2 * day) })],
  ['expired', 0, 'a microsecond after the end', local, { nowMs: issuedAtMs + 3 * day + 0.001 }],
  ['expired', 1, 'a parent that has ended', localChain({}, { expires_at: toWireTime(issuedAtMs + day - 1_000) })],
  ['expired', 0, 'past the grace', local, { nowMs: issuedAtMs + 3 * day + minute + 1, endedLeafGraceMs: minute }],
  [
    'lifetime-too-long',
    0,
    '366 days and a second',
    alone(regional({ expires_at: toWireTime(issuedAtMs + 366 * day + 1_000) })),
  ],
  [
    'outlives-parent',
    0,
    'a second longer than its parent',
    localChain({}, { expires_at: toWireTime(issuedAtMs + 3 * day - 1_000) }),
  ],
  ['revoked', 0, 'a revoked leaf', local, { isRevoked: (key) => key === publicKeyOf('local') }],
  ['revoked', 1, 'a revoked parent', local, { isRevoked: (key) => key === publicKeyOf('regional') }],
  [
    'revoked',
    0,
    'one certificate of the key',
    local,
    { isRevoked: (_key, serial, by) => serial === local.certificate.serial && by === publicKeyOf('regional') },
  ],
  ['other-hive', 0, 'a leaf that names another hive', localChain({ hive: publicKeyOf('other') })],
  ['other-hive', 1, 'a parent that names another hive', localChain({}, { hive: publicKeyOf('other') })],
];

describe('chains that do not', () => {
  for (const [defect, position, name, chain, changes] of refused) {
    test(`${defect} at ${position}: ${name}`, () => {
      expect(judgeChain(chain, { ...terms, ...changes })).toEqual({ kind: 'refused', defect, position });
    });
  }

  test('every defect stands in the table', () => {
    expect([...new Set(refused.map(([defect]) => defect))].sort()).toEqual([...chainDefects].sort());
  });

  test('what is looked at first is named first', () => {
    const wrong = localChain({ tier: 'regional', hive: publicKeyOf('other') }, { capabilities: [] });
    const late = { ...terms, nowMs: issuedAtMs + 30 * day, isRevoked: () => true };
    expect(judgeChain(wrong, late)).toMatchObject({ defect: 'tier-not-allowed' });
    expect(judgeChain(localChain({ hive: publicKeyOf('other') }), late)).toMatchObject({ defect: 'expired' });
    expect(judgeChain(localChain({ hive: publicKeyOf('other') }), { ...late, nowMs: terms.nowMs })).toMatchObject({
      defect: 'revoked',
    });
  });
});

describe('any single changed byte', () => {
  const bytes = new TextEncoder().encode(JSON.stringify(local));
  test('at any place, to any other value, makes a valid chain refused', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(judgeText(changed)).not.toBe('valid');
      }),
      { numRuns: 1_500 },
    );
  });

  test('at every place, by its lowest bit', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(judgeText(changed), `byte ${at}`).not.toBe('valid');
    }
    expect(judgeText(bytes)).toBe('valid');
  });

  function judgeText(changed: Uint8Array): string {
    const text = new TextDecoder().decode(changed);
    try {
      return judgeChain(JSON.parse(text), terms).kind;
    } catch (error) {
      if (error instanceof SyntaxError) return 'no JSON';
      throw error;
    }
  }
});

test('both ways to verify give the same verdicts', () => {
  const slow = { ...terms, verify: verifyStrictly };
  expect(judgeChain(local, slow)).toEqual(judgeChain(local, terms));
  const forged = {
    ...local,
    certificate: { ...local.certificate, parent_signature: flipped(local.certificate.parent_signature) },
  };
  expect(judgeChain(forged, slow)).toEqual({ kind: 'refused', defect: 'bad-signature', position: 0 });
});
