import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { FailureError } from '../../../node-core/api/failures.ts';
import { signedBytes } from '../../../node-core/protocol/trust/canonical.ts';
import {
  type Certificate,
  type CertificateBody,
  certificateBytes,
  lifetimeMs,
} from '../../../node-core/protocol/trust/certificate.ts';
import { toWireTime } from '../../../node-core/protocol/trust/wire-time.ts';
import type { Issuer, IssuerStanding } from '../../../node-core/trust/authority/issuer-standing.ts';
import type { NodeIdentity } from '../../../node-core/trust/identity/node-identity.ts';
import { keyFromSeed } from './identity.ts';

/** A trust anchor in memory, whose master key really signs. */
export interface TestAnchor {
  /** The anchor, hex. */
  readonly publicKey: string;
  /** Signs a certificate whose parent is the anchor. */
  certify(body: CertificateBody): Certificate;
  /** A regional's certificate for that key, a week from `nowMs` on. */
  regional(publicKey: string, nowMs: number, capabilities?: CertificateBody['capabilities']): Certificate;
  /** A central process that issues with this anchor. */
  central(process: Pick<NodeIdentity, 'publicKey'>, now: () => number): TestIssuer;
}

/** Issues as central does; the test can take its signer away. */
export interface TestIssuer extends Issuer {
  /** Serials in the order in which they were signed. */
  readonly signed: readonly string[];
  /** `silent`: the signer does not answer. `absent`: this process issues nothing. */
  behave(how: 'well' | 'silent' | 'absent'): void;
}

/** The same seed gives the same anchor. */
export function createTestAnchor(seed = 'anchor'): TestAnchor {
  const key = keyFromSeed('ed25519', seed);
  const publicKey = publicKeyOf(key);
  const certify = (body: CertificateBody): Certificate => ({
    ...body,
    parent_signature: sign(null, certificateBytes(body), key).toString('hex'),
  });
  const weekFor = (of: Pick<CertificateBody, 'public_key' | 'tier' | 'capabilities'>, nowMs: number): Certificate =>
    certify({
      ...of,
      node_id: of.tier,
      region_name: '',
      issued_at: toWireTime(nowMs),
      expires_at: toWireTime(nowMs + lifetimeMs[of.tier]),
      parent_public_key: publicKey,
      hive: publicKey,
      serial: of.public_key.slice(0, 32),
    });
  return {
    publicKey,
    certify,
    regional: (of, nowMs, capabilities = ['mesh', 'work', 'issue']) =>
      weekFor({ public_key: of, tier: 'regional', capabilities }, nowMs),
    central: (process, now) => {
      const certificate = (): Certificate =>
        weekFor({ public_key: process.publicKey, tier: 'central', capabilities: [] }, now());
      return createCentral(publicKey, key, certificate, certify);
    },
  };
}

function createCentral(
  anchor: string,
  key: KeyObject,
  own: () => Certificate,
  certify: (body: CertificateBody) => Certificate,
): TestIssuer {
  const signed: string[] = [];
  let present: 'well' | 'silent' | 'absent' = 'well';
  const awake = (): void => {
    if (present === 'silent') throw new FailureError({ kind: 'signer-unreachable', reason: 'the test took it away' });
  };
  const standing = (): IssuerStanding => ({
    hive: anchor,
    issues: 'regional',
    parentKey: anchor,
    processChain: { certificate: own(), issuers: [] },
    issuersOfLeaf: [],
    notAfterMs: Number.POSITIVE_INFINITY,
    async signCertificate(body) {
      awake();
      signed.push(body.serial);
      return certify(body).parent_signature;
    },
    async signRevocations(list) {
      awake();
      return sign(null, signedBytes('revocation', list), key).toString('hex');
    },
  });
  return {
    signed,
    behave: (how) => {
      present = how;
    },
    standing: () => (present === 'absent' ? null : standing()),
  };
}

function publicKeyOf(key: KeyObject): string {
  return Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
}
