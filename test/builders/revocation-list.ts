import { sign } from 'node:crypto';
import { signedBytes } from '../../node-core/protocol/trust/canonical.ts';
import type { Certificate } from '../../node-core/protocol/trust/certificate.ts';
import type { Directory, SignedDirectory } from '../../node-core/protocol/trust/directory.ts';
import type { RevocationList, SignedRevocationList } from '../../node-core/protocol/trust/revocation-list.ts';
import { toWireTime } from '../../node-core/protocol/trust/wire-time.ts';
import type { NodeIdentity } from '../../node-core/trust/identity/node-identity.ts';
import { keyFromSeed } from '../doubles/trust/identity.ts';
import type { TestAnchor } from '../doubles/trust/issuer.ts';

/** What a list of a test says; whatever is left out is in order. */
export interface ListTerms {
  readonly sequence: number;
  readonly revoked?: readonly { readonly publicKey: string; readonly serial?: string; readonly reason?: string }[];
  readonly hive?: string;
}

const listOf = (issuer: string, hive: string, { sequence, revoked = [] }: ListTerms): RevocationList => ({
  hive,
  issuer,
  sequence,
  revoked: revoked.map(({ publicKey, serial, reason = 'lost' }) => ({
    public_key: publicKey,
    ...(serial === undefined ? {} : { serial }),
    until: toWireTime(Date.UTC(2027, 0, 1)),
    reason,
  })),
});

/** The anchor's list. @param seed of the anchor; another one's signs wrongly */
export function anchorsList(anchor: TestAnchor, terms: ListTerms, seed = 'anchor'): SignedRevocationList {
  const list = listOf(anchor.publicKey, terms.hive ?? anchor.publicKey, terms);
  const signature = sign(null, signedBytes('revocation', list), keyFromSeed('ed25519', seed)).toString('hex');
  return { list, signature, issuers: [] };
}

/** A regional's list. */
export function regionalsList(
  regional: NodeIdentity,
  certificate: Certificate,
  terms: ListTerms,
): SignedRevocationList {
  const list = listOf(regional.publicKey, terms.hive ?? certificate.hive, terms);
  return { list, signature: regional.sign('revocation', list), issuers: [certificate] };
}

/** A directory that a central process signed. */
export function directoryBy(
  central: NodeIdentity,
  certificate: Certificate,
  { sequence, parents }: Pick<Directory, 'sequence' | 'parents'>,
): SignedDirectory {
  const directory = { hive: certificate.hive, sequence, parents, order_sources: [] };
  return { directory, signature: central.sign('directory', directory), signer: { certificate, issuers: [] } };
}
