import { createPublicKey, sign, verify } from 'node:crypto';
import {
  type Certificate,
  type CertificateBody,
  certificateBytes,
  lifetimeMs,
} from '../../node-core/protocol/trust/certificate.ts';
import { toWireTime } from '../../node-core/protocol/trust/wire-time.ts';
import { createCachedChainVerifier } from '../../node-core/trust/verification/cached-chain-verifier.ts';
import type { ChainVerifier } from '../../node-core/trust/verification/chain-verifier.ts';
import { createStrictVerifier } from '../../node-core/trust/verification/strict-verify.ts';
import { createSeededIdentity, keyFromSeed } from '../doubles/trust/identity.ts';
import { type Measurement, median } from './statistics.ts';

const rounds = 9;
const certificates = 400;
const repeats = 20_000;

const anchorKey = keyFromSeed('ed25519', 'anchor');
const anchor = createSeededIdentity('anchor').publicKey;
const member = createSeededIdentity('member').publicKey;
const nowMs = Date.UTC(2026, 5, 1, 12);

/** A regional's certificate; each number makes another. */
function bodyOf(number: number): CertificateBody {
  return {
    node_id: 'riverside',
    public_key: member,
    tier: 'regional',
    region_name: 'Riverside',
    issued_at: toWireTime(nowMs),
    expires_at: toWireTime(nowMs + lifetimeMs.regional),
    capabilities: ['mesh', 'work'],
    parent_public_key: anchor,
    hive: anchor,
    serial: number.toString(16).padStart(32, '0'),
  };
}

const issue = (number: number): Certificate => {
  const body = bodyOf(number);
  return { ...body, parent_signature: sign(null, certificateBytes(body), anchorKey).toString('hex') };
};

const verifierWith = (mostChains: number): ChainVerifier =>
  createCachedChainVerifier({
    anchor: () => anchor,
    hiveTime: { now: () => nowMs },
    revocations: { isRevoked: () => false },
    verify: createStrictVerifier(),
    mostChains,
  });

function judgeValid(verifier: ChainVerifier, certificate: Certificate): void {
  const verdict = verifier.judge({ certificate, issuers: [] });
  if (verdict.kind !== 'valid') throw new Error(`The bench's own certificate is refused: ${verdict.defect}.`);
}

/** How many of these a second. */
function perSecond(times: number, act: (time: number) => void): number {
  const started = performance.now();
  for (let time = 0; time < times; time += 1) act(time);
  return (times / (performance.now() - started)) * 1_000;
}

/** Certificates: issued and verified beside node:crypto alone on the same bytes, and verdicts from the cache. */
export function measureTrust(): Promise<readonly Measurement[]> {
  return Promise.resolve([...issueAndVerify(), ...cachedVerdicts()]);
}

function issueAndVerify(): readonly Measurement[] {
  const uncached = verifierWith(0);
  const bytes = certificateBytes(bodyOf(0));
  const publicKey = createPublicKey(anchorKey);
  const bare: number[] = [];
  const ours: number[] = [];
  // In turn, so that both meet the same machine; the first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const alone = perSecond(certificates, () => verify(null, bytes, publicKey, sign(null, bytes, anchorKey)));
    const whole = perSecond(certificates, (number) => judgeValid(uncached, issue(round * certificates + number)));
    if (round > 0) {
      bare.push(alone);
      ours.push(whole);
    }
  }
  const note = `median of ${rounds} rounds of ${certificates}; node:crypto alone, sign + verify: ${median(bare).toFixed(0)}/s`;
  return [
    {
      name: 'certificates issued + verified',
      value: median(ours),
      unit: '/s',
      budget: 5_000,
      isFloor: true,
      note,
    },
    {
      name: 'of what node:crypto alone does',
      value: median(ours.map((value, round) => value / (bare[round] ?? Number.NaN))),
      unit: 'x',
      budget: null,
      note: 'the same, round by round; it does not depend on the machine',
    },
  ];
}

function cachedVerdicts(): readonly Measurement[] {
  const kept = issue(0);
  const uncached = verifierWith(0);
  const cached = verifierWith(1_000);
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const slow = perSecond(certificates, () => judgeValid(uncached, kept));
    const fast = perSecond(repeats, () => judgeValid(cached, kept));
    if (round > 0) times.push(fast / slow);
  }
  const note = `median of ${rounds} rounds; one certificate under the anchor, presented again and again`;
  return [
    { name: 'verdict from the cache, times faster', value: median(times), unit: 'x', budget: 20, isFloor: true, note },
  ];
}
