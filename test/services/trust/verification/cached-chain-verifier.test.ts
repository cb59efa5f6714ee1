import { describe, expect, test, vi } from 'vitest';
import type { VerifySignature } from '../../../../node-core/protocol/trust/key-text.ts';
import { createCachedChainVerifier } from '../../../../node-core/trust/verification/cached-chain-verifier.ts';
import type { ChainVerifier } from '../../../../node-core/trust/verification/chain-verifier.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { certificateOf, issuedAtMs, localChain, publicKeyOf } from '../../../builders/hive-certificates.ts';

const day = 86_400_000;
const strictly = createStrictVerifier();

interface Verifier extends ChainVerifier {
  nowMs: number;
  anchor: string | null;
  readonly revoked: Set<string>;
  readonly verify: ReturnType<typeof vi.fn<VerifySignature>>;
}

function verifierOf(mostChains?: number): Verifier {
  const verify = vi.fn<VerifySignature>(strictly);
  const revoked = new Set<string>();
  const state = { nowMs: issuedAtMs + day, anchor: publicKeyOf('anchor') as string | null, revoked, verify };
  const { judge } = createCachedChainVerifier({
    anchor: () => state.anchor,
    hiveTime: { now: () => state.nowMs },
    revocations: { isRevoked: (key) => revoked.has(key) },
    verify,
    ...(mostChains === undefined ? {} : { mostChains }),
  });
  return Object.assign(state, { judge });
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

describe('a cached verdict', () => {
  test('needs no signature again, for an equal chain, and is the same', () => {
    const verifier = verifierOf();
    const first = verifier.judge(localChain());
    expect(first).toMatchObject({ kind: 'valid', endsAtMs: issuedAtMs + 3 * day });
    expect(verifier.judge(copy(localChain()))).toEqual(first);
    expect(verifier.verify).toHaveBeenCalledTimes(2);
  });

  test('ends with the certificate, and counts again within the grace of a renewal', () => {
    const verifier = verifierOf();
    verifier.judge(localChain());
    verifier.nowMs = issuedAtMs + 3 * day + 1;
    expect(verifier.judge(localChain())).toEqual({ kind: 'refused', defect: 'expired', position: 0 });
    expect(verifier.judge(localChain(), { endedLeafGraceMs: day }).kind).toBe('valid');
    expect(verifier.judge(localChain()).kind).toBe('refused');
  });

  test('falls with a revocation of the parent, and comes back when that drops', () => {
    const verifier = verifierOf();
    verifier.judge(localChain());
    verifier.revoked.add(publicKeyOf('regional'));
    expect(verifier.judge(localChain())).toEqual({ kind: 'refused', defect: 'revoked', position: 1 });
    verifier.revoked.clear();
    expect(verifier.judge(localChain()).kind).toBe('valid');
  });

  test('belongs to one anchor', () => {
    const verifier = verifierOf();
    verifier.judge(localChain());
    verifier.anchor = publicKeyOf('other');
    expect(verifier.judge(localChain())).toEqual({ kind: 'refused', defect: 'other-anchor', position: 1 });
    verifier.anchor = null;
    expect(verifier.judge(localChain())).toEqual({ kind: 'refused', defect: 'other-anchor', position: 0 });
  });

  test('is not that of a chain with one letter changed', () => {
    const verifier = verifierOf();
    verifier.judge(localChain());
    const { certificate, issuers } = localChain();
    const changed = { certificate: { ...certificate, node_id: 'locaL' }, issuers };
    expect(verifier.judge(changed)).toEqual({ kind: 'refused', defect: 'bad-signature', position: 0 });
  });
});

test('refused chains push no others out; of the others the one unused for longest goes', () => {
  const verifier = verifierOf(2);
  const chains = ['a', 'b', 'c'].map((seed) => ({
    certificate: certificateOf(seed, 'anchor', { tier: 'regional' }),
    issuers: [],
  }));
  const calls = (chain: unknown): number => {
    const before = verifier.verify.mock.calls.length;
    verifier.judge(chain);
    return verifier.verify.mock.calls.length - before;
  };
  const [a, b, c] = chains;
  expect([calls(a), calls(b)]).toEqual([1, 1]);
  for (const seed of ['x', 'y', 'z'])
    calls({ certificate: certificateOf(seed, 'other', { tier: 'regional' }), issuers: [] });
  expect([calls(a), calls(b), calls(a)]).toEqual([0, 0, 0]);
  expect([calls(c), calls(a), calls(b)]).toEqual([1, 0, 1]);
});

test('what is no JSON is refused, not thrown at', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.certificate = cyclic;
  for (const value of [undefined, null, 1n, cyclic, () => 1, Symbol('x')]) {
    expect(verifierOf().judge(value).kind).toBe('refused');
  }
});

test('the verifier of signatures stays right when its few places for keys are used up', () => {
  const verify = createStrictVerifier({ mostKeys: 1 });
  const chain = localChain();
  const verifier = createCachedChainVerifier({
    anchor: () => publicKeyOf('anchor'),
    hiveTime: { now: () => issuedAtMs },
    revocations: { isRevoked: () => false },
    verify,
    mostChains: 0,
  });
  for (let time = 0; time < 3; time += 1) expect(verifier.judge(chain).kind).toBe('valid');
});
