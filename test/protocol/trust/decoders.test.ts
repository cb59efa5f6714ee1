import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainSchema } from '../../../node-core/protocol/trust/certificate.ts';
import { judgeChain } from '../../../node-core/protocol/trust/chain.ts';
import { signedDirectorySchema } from '../../../node-core/protocol/trust/directory.ts';
import { isSoundKey, verifyStrictly } from '../../../node-core/protocol/trust/ed25519.ts';
import {
  answerRequestSchema,
  challengeSchema,
  enrolmentReplySchema,
  refusalSchema,
  registerReplySchema,
  registerRequestSchema,
  renewalRequestSchema,
  sealedKeySchema,
} from '../../../node-core/protocol/trust/enrolment.ts';
import { readDomainSuffix, readFqdn } from '../../../node-core/protocol/trust/fqdn.ts';
import { judgeHartCertificate } from '../../../node-core/protocol/trust/hart-certificate.ts';
import { readJoinLink } from '../../../node-core/protocol/trust/join-link.ts';
import { judgeRevocationList } from '../../../node-core/protocol/trust/judge-revocation-list.ts';
import { revocationPageSchema, signedRevocationListSchema } from '../../../node-core/protocol/trust/revocation-list.ts';
import { readSignatures } from '../../../node-core/protocol/trust/signed-request.ts';
import { readWireTime } from '../../../node-core/protocol/trust/wire-time.ts';
import { readWords } from '../../../node-core/protocol/trust/words.ts';
import { createCachedChainVerifier } from '../../../node-core/trust/verification/cached-chain-verifier.ts';
import { createStrictVerifier } from '../../../node-core/trust/verification/strict-verify.ts';
import { issuedAtMs, localChain, publicKeyOf } from '../../builders/hive-certificates.ts';

const anchor = publicKeyOf('anchor');
const verify = createStrictVerifier();
const terms = { anchor, nowMs: issuedAtMs, verify, isRevoked: () => false };
const cached = createCachedChainVerifier({
  anchor: () => anchor,
  hiveTime: { now: () => issuedAtMs },
  revocations: { isRevoked: () => false },
  verify,
});

/** Everything that reads a value of JSON which somebody else made. */
const valueDecoders: Readonly<Record<string, (value: unknown) => unknown>> = {
  'a chain': (value) => judgeChain(value, terms),
  'a chain, cached': (value) => cached.judge(value),
  'a certificate of HART OS': (value) => judgeHartCertificate(value, terms),
  'a revocation list': (value) => judgeRevocationList(value, terms),
  ...Object.fromEntries(
    Object.entries({
      chainSchema,
      registerRequestSchema,
      registerReplySchema,
      challengeSchema,
      answerRequestSchema,
      enrolmentReplySchema,
      refusalSchema,
      renewalRequestSchema,
      sealedKeySchema,
      signedRevocationListSchema,
      revocationPageSchema,
      signedDirectorySchema,
    }).map(([name, schema]) => [name, (value: unknown) => schema.safeParse(value)]),
  ),
};

/** Everything that reads a text which somebody else made. */
const textDecoders: Readonly<Record<string, (text: string) => unknown>> = {
  'a join link': readJoinLink,
  'a join link with parameters': (text) => readJoinLink(`nunba://join?${text}`),
  'a page': (text) => readJoinLink(`https://h.example.org/join#${text}`),
  'four words': readWords,
  'a time of the wire': readWireTime,
  'a domain name': readFqdn,
  'a suffix': readDomainSuffix,
  'a key': isSoundKey,
  'a signature, noble': (text) => verifyStrictly(new Uint8Array(1), text, anchor),
  'a signature, node:crypto': (text) => verify(new Uint8Array(1), text, text),
  'signatures of a request': (text) => readSignatures(text, text),
};

const largest = 64 * 1024;
/** What hangs a careless expression or reader. */
const traps: readonly string[] = [
  '',
  ...[
    ' ',
    'a',
    '0',
    '-',
    '.',
    'a.',
    'a-',
    '(',
    '"',
    '\\',
    '%',
    '%E2',
    '&',
    '=',
    'a=&',
    'zoo ',
    '[',
    '{"a":',
    '\u0000',
    '😀',
    '\ud800',
  ].map((part) => part.repeat(Math.ceil(largest / part.length)).slice(0, largest)),
  `${'a'.repeat(largest - 1)}!`,
  `${'0'.repeat(largest - 1)}\n`,
  `2026-06-01T12:00:00.${'0'.repeat(largest - 40)}`,
];

/** Values near to those that count: a valid chain's, with parts replaced by anything. */
const near = fc
  .tuple(
    fc.constantFrom('certificate', 'issuers', 'node_id', 'tier', 'issued_at', 'capabilities', 'serial'),
    fc.jsonValue(),
  )
  .map(([name, value]) => {
    const { certificate, issuers } = localChain();
    if (name === 'certificate') return { certificate: value, issuers };
    if (name === 'issuers') return { certificate, issuers: value };
    return { certificate: { ...certificate, [name]: value }, issuers: [{ ...certificate, [name]: value }] };
  });
const deep = (opening: string, closing: string, depth: number): string => opening.repeat(depth) + closing.repeat(depth);

/** Runs a decoder; it has 5 s, some hundred times what it needs. */
function survives(decode: () => unknown): void {
  const started = performance.now();
  decode();
  expect(performance.now() - started).toBeLessThan(5_000);
}

describe.each(Object.entries(valueDecoders))('%s', (_name, decode) => {
  test('neither throws nor hangs at any value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), near), (value) => survives(() => decode(value))),
      { numRuns: 60 },
    );
  });

  test('nor at large and deep ones', () => {
    const texts = [
      deep('[', ']', 30_000),
      `${'{"certificate":'.repeat(4_000)}1${'}'.repeat(4_000)}`,
      `{"certificate":${deep('[', ']', 30_000)},"issuers":[]}`,
      `{"issuers":[${'0,'.repeat(32_000)}0],"certificate":{}}`,
      `{"list":{"revoked":[${'{},'.repeat(20_000)}{}]},"lists":[${'0,'.repeat(1_000)}0]}`,
      `{"__proto__":{"certificate":1},"constructor":1,"certificate":{"__proto__":null}}`,
    ];
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(2 * largest);
      survives(() => decode(JSON.parse(text)));
    }
    for (const trap of traps)
      survives(() => decode({ certificate: { node_id: trap, issued_at: trap }, public_key: trap }));
  });
});

describe.each(Object.entries(textDecoders))('%s', (_name, decode) => {
  test('neither throws nor hangs at any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.webUrl(),
      fc.stringMatching(/^[0-9a-f]{128}$/),
    );
    fc.assert(
      fc.property(text, (each) => survives(() => decode(each))),
      { numRuns: 100 },
    );
    for (const trap of traps) survives(() => decode(trap));
  });
});
