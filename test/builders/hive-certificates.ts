import { sign } from 'node:crypto';
import {
  type Certificate,
  type CertificateBody,
  type CertificateChain,
  certificateBytes,
} from '../../node-core/protocol/trust/certificate.ts';
import { toWireTime } from '../../node-core/protocol/trust/wire-time.ts';
import { createSeededIdentity, keyFromSeed } from '../doubles/trust/identity.ts';

/** Public key of the identity that a seed gives. */
export const publicKeyOf = (seed: string): string => createSeededIdentity(seed).publicKey;

/** When the chains of these builders were issued, ms since the epoch. */
export const issuedAtMs = Date.UTC(2026, 5, 1, 12);
const day = 86_400_000;

/** A certificate for the identity of `seed`, signed with the key of `parentSeed`; it names that key unless told otherwise. */
export function certificateOf(
  seed: string,
  parentSeed: string,
  changes: Partial<CertificateBody> & Pick<CertificateBody, 'tier'>,
): Certificate {
  const body: CertificateBody = {
    node_id: seed,
    public_key: publicKeyOf(seed),
    region_name: 'a hive',
    issued_at: toWireTime(issuedAtMs),
    expires_at: toWireTime(issuedAtMs + (changes.tier === 'local' ? 3 : 7) * day),
    capabilities: changes.tier === 'central' ? [] : ['mesh', 'work'],
    parent_public_key: publicKeyOf(parentSeed),
    hive: publicKeyOf('anchor'),
    serial: '0123456789abcdef0123456789abcdef',
    ...changes,
  };
  const signature = sign(null, certificateBytes(body), keyFromSeed('ed25519', parentSeed));
  return { ...body, parent_signature: signature.toString('hex') };
}

/** A local under a regional under the anchor: valid as it is. */
export function localChain(
  local: Partial<CertificateBody> = {},
  regional: Partial<CertificateBody> = {},
): CertificateChain {
  return {
    certificate: certificateOf('local', 'regional', { tier: 'local', ...local }),
    issuers: [
      certificateOf('regional', 'anchor', { tier: 'regional', capabilities: ['mesh', 'work', 'issue'], ...regional }),
    ],
  };
}
