import { sign } from 'node:crypto';
import { signedBytes } from '../../protocol/trust/canonical.ts';
import { certificateBodySchema, certificateBytes } from '../../protocol/trust/certificate.ts';
import type { NodeIdentity } from './node-identity.ts';
import { type NodeKeys, publicKeysOf } from './node-keys.ts';

/** The identity that holds these keys. They leave it only as signatures. */
export function identityOf(keys: NodeKeys): NodeIdentity {
  const { publicKey, sealingKey } = publicKeysOf(keys);
  const signHex = (bytes: Uint8Array): string => sign(null, bytes, keys.signing).toString('hex');
  return {
    publicKey,
    sealingKey,
    sign: (kind, value) => signHex(signedBytes(kind, value)),
    signRequest(base) {
      if (!isOwnSignatureBase(base, publicKey)) throw new TypeError('This is no signature base of this node.');
      return new Uint8Array(sign(null, Buffer.from(base), keys.signing));
    },
    signCertificate(body) {
      const checked = certificateBodySchema.parse(body);
      if (checked.tier !== 'local' || checked.parent_public_key !== publicKey) {
        throw new TypeError('This node signs only certificates of its own locals.');
      }
      return signHex(certificateBytes(checked));
    },
    async unseal(sealed) {
      // A flat node never comes here, and does not wait for the library at its start.
      const { openSealed } = await import('./sealing.ts');
      return openSealed(keys.sealing, sealed);
    },
  };
}

/** Lines of components, then the parameters, which name this key (RFC 9421, section 2.5). */
function isOwnSignatureBase(base: string, publicKey: string): boolean {
  const lines = base.split('\n');
  const last = lines.pop() ?? '';
  return (
    lines.length > 0 &&
    lines.every((line) => /^"@?[a-z0-9-]+"(?:;[a-z0-9-]+(?:="[^"]*")?)*: [\x20-\x7e]*$/.test(line)) &&
    /^"@signature-params": \([\x20-\x7e]*$/.test(last) &&
    last.includes(`;keyid="${publicKey}"`)
  );
}
