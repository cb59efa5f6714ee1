import { certificateSchema } from '../protocol/trust/certificate.ts';
import type { Issuer } from '../trust/authority/issuer-standing.ts';
import type { CallerChains } from '../trust/transport/caller-chain.ts';
import type { TrustParts } from './trust-parts.ts';

/** The chains of those that this node has issued certificates to, so that they need not send them. */
export function memberChains({ storage }: Pick<TrustParts, 'storage'>, issuer: Issuer): CallerChains {
  return {
    async find(publicKey) {
      const standing = issuer.standing();
      if (standing === null) return null;
      const row = await storage.db
        .selectFrom('hive_certificates')
        .select(['body_json', 'signature'])
        .where('public_key', '=', publicKey)
        .where('signature', 'is not', null)
        .orderBy('expires_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (row === undefined) return null;
      const certificate = certificateSchema.parse({ ...JSON.parse(row.body_json), parent_signature: row.signature });
      return { certificate, issuers: standing.issuersOfLeaf };
    },
  };
}
