import { createHash, createHmac, randomBytes } from 'node:crypto';
import {
  authorityOf,
  contentDigest,
  coveredComponents,
  coveredParts,
  longestSignatureSeconds,
  requestBase,
  type SignatureLabel,
  signatureHeaders,
  signatureParams,
} from '../../protocol/trust/signed-request.ts';
import type { FederationKey, FederationKeys } from '../federation-keys.ts';
import type { HiveTime } from '../hive-time.ts';
import type { NodeIdentity } from '../identity/node-identity.ts';

/** What signs requests, and with what. */
export interface RequestSignerOptions {
  readonly identity: Pick<NodeIdentity, 'publicKey' | 'signRequest'>;
  readonly federationKeys: Pick<FederationKeys, 'current'>;
  readonly hiveTime: Pick<HiveTime, 'now'>;
}

/** A request that is to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: Uint8Array;
  /** With the federation key as well, where there is one. */
  readonly isMembers: boolean;
}

/** The headers that sign a request (protocol.md, section 4); with each call new ones. */
export function signRequest(request: OutgoingRequest, options: RequestSignerOptions): Readonly<Record<string, string>> {
  const digest = contentDigest(createHash('sha256').update(request.body).digest());
  const { method, url } = request;
  const parts = coveredParts(method, authorityOf(url), `${url.pathname}${url.search}`, digest);
  const created = Math.floor(options.hiveTime.now() / 1000);
  const sign = (label: SignatureLabel, keyid: string, make: (base: string) => Uint8Array) => {
    const nonce = randomBytes(16).toString('hex');
    const params = signatureParams(label, { created, expires: created + longestSignatureSeconds, nonce, keyid });
    return { label, params, signature: make(requestBase(parts, coveredComponents, params)) };
  };
  const signed = [sign('node', options.identity.publicKey, (base) => options.identity.signRequest(base))];
  const federation = request.isMembers ? options.federationKeys.current() : null;
  if (federation !== null) signed.push(sign('fed', federation.id, (base) => federationSignature(federation, base)));
  return { 'content-digest': digest, ...signatureHeaders(signed) };
}

/** HMAC-SHA256 of a signature base with a federation key, 32 bytes. */
export function federationSignature({ key }: FederationKey, base: string): Uint8Array {
  return createHmac('sha256', key).update(base).digest();
}
