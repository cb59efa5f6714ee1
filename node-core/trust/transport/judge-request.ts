import { createHash, timingSafeEqual } from 'node:crypto';
import type { CertificateChain } from '../../protocol/trust/certificate.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';
import {
  clockToleranceSeconds,
  coveredParts,
  type ReceivedSignature,
  readSignatures,
  requestBase,
  statesDigest,
} from '../../protocol/trust/signed-request.ts';
import type { FederationKeys } from '../federation-keys.ts';
import type { HiveTime } from '../hive-time.ts';
import type { ChainVerifier } from '../verification/chain-verifier.ts';
import type { RevocationBook } from '../verification/revocation-book.ts';
import { type CallerChains, judgeCallerChain } from './caller-chain.ts';
import type { NonceStore } from './nonce-store.ts';
import type { ReceivedRequest, RequestJudge, RequestRefusal, RequestTerms, RequestVerdict } from './request-judge.ts';
import { federationSignature } from './sign-request.ts';

/** What requests are judged by. */
export interface RequestJudgeOptions {
  readonly verify: VerifySignature;
  readonly verifier: ChainVerifier;
  readonly revocations: Pick<RevocationBook, 'reasonFor'>;
  /** Chains of members that did not send theirs. */
  readonly chains: CallerChains;
  readonly federationKeys: Pick<FederationKeys, 'accepted'>;
  readonly hiveTime: Pick<HiveTime, 'now'>;
  readonly nonces: NonceStore;
}

type Refused = Extract<RequestVerdict, { kind: 'refused' }>;
const refused = (reason: RequestRefusal, sentence: string): Refused => ({ kind: 'refused', reason, sentence });

/**
 * Makes the judge. It looks at what costs least first, at each label by itself, and marks the nonces last, so that only
 * requests that are good in every other way fill the table.
 */
export function createRequestJudge(options: RequestJudgeOptions): RequestJudge {
  return {
    now: () => options.hiveTime.now(),
    async judge(request, terms) {
      const read = readRequest(request, options.hiveTime.now(), terms, options.federationKeys);
      if (read.kind === 'refused') return read;
      const { node, federation } = read;
      if (!options.verify(Buffer.from(node.base), hexOf(node.signature.signature), node.signature.keyid)) {
        return refused('bad-signature', 'The signature is not that of the key it names.');
      }
      const unproven = federation === null ? null : judgeFederation(federation, options.federationKeys);
      if (unproven !== null) return unproven;
      const caller = await judgeCallerChain(request, node.signature.keyid, terms, options);
      if (caller.kind === 'refused') return caller;
      return (await takeNonces(read, options)) ? proven(node.signature.keyid, caller.chain) : replayed;
    },
  };
}

const replayed = refused('replayed-nonce', 'This request was answered before.');
const proven = (publicKey: string, chain: CertificateChain | null): RequestVerdict => ({
  kind: 'proven',
  publicKey,
  chain,
});

/** A label, and the text that it has to be the signature of. */
interface SignedBase {
  readonly signature: ReceivedSignature;
  readonly base: string;
}

interface ReadRequest {
  readonly kind: 'read';
  readonly node: SignedBase;
  /** `null`: not needed. */
  readonly federation: SignedBase | null;
}

/** Everything that can be said without a key. */
function readRequest(
  request: ReceivedRequest,
  nowMs: number,
  terms: RequestTerms,
  keys: Pick<FederationKeys, 'accepted'>,
): ReadRequest | Refused {
  const digest = headerOf(request, 'content-digest');
  const authority = authorityIn(headerOf(request, 'host'), request.authorities);
  const labels = labelsOf(request);
  if (labels.kind === 'refused') return labels;
  if (digest === '') return refused('not-signed', 'The request has no Content-Digest.');
  if (!statesDigest(digest, createHash('sha256').update(request.body).digest())) {
    return refused('bad-signature', 'The body is not the one that its Content-Digest states.');
  }
  if (authority === null) return refused('wrong-authority', 'This node does not answer under that name.');
  const { node, fed } = labels;
  const needsFederation = terms.federation === 'if-held' && keys.accepted().length > 0;
  if (needsFederation && fed === undefined) {
    return refused('federation-key', 'The request is not signed with the federation key.');
  }
  const counted = needsFederation && fed ? [node, fed] : [node];
  if (!counted.every((signature) => isTimely(signature, nowMs))) {
    return refused('clock', 'The time of the request is too far from that of the hive.');
  }
  const parts = coveredParts(request.method, authority, request.target, digest);
  const signedBase = (signature: ReceivedSignature): SignedBase => ({
    signature,
    base: requestBase(parts, signature.components, signature.params),
  });
  return {
    kind: 'read',
    node: signedBase(node),
    federation: needsFederation && fed ? signedBase(fed) : null,
  };
}

type Labels = {
  readonly kind: 'labels';
  readonly node: ReceivedSignature;
  readonly fed: ReceivedSignature | undefined;
};

function labelsOf(request: ReceivedRequest): Labels | Refused {
  const [input, signature] = [headerOf(request, 'signature-input'), headerOf(request, 'signature')];
  if (input === '' || signature === '') return refused('not-signed', 'The request is not signed.');
  const read = readSignatures(input, signature);
  if (read.kind === 'malformed') return refused('bad-signature', `The signature cannot be read: ${read.reason}.`);
  const { node, fed } = read.labels;
  return node === undefined ? refused('not-signed', 'The label node is missing.') : { kind: 'labels', node, fed };
}

const headerOf = ({ headers }: ReceivedRequest, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** The name under which we were asked, as it was signed, if it is one of ours. */
function authorityIn(host: string, authorities: readonly string[]): string | null {
  const asked = host.toLowerCase();
  return authorities.find((authority) => authority === asked || isWithOwnPort(asked, authority)) ?? null;
}

/** The scheme's own port may be written out in a Host header; it never is in `@authority`. */
const isWithOwnPort = (asked: string, authority: string): boolean =>
  !/:\d+$/.test(authority) && (asked === `${authority}:443` || asked === `${authority}:80`);

function isTimely({ created, expires }: ReceivedSignature, nowMs: number): boolean {
  const now = nowMs / 1000;
  return Math.abs(created - now) <= clockToleranceSeconds && now <= expires;
}

function judgeFederation({ signature, base }: SignedBase, keys: Pick<FederationKeys, 'accepted'>): Refused | null {
  const key = keys.accepted().find(({ id }) => id === signature.keyid);
  if (key === undefined) return refused('federation-key', 'This federation key is not accepted.');
  const isRight = timingSafeEqual(federationSignature(key, base), signature.signature);
  return isRight ? null : refused('bad-signature', 'The signature is not that of the federation key.');
}

function takeNonces({ node, federation }: ReadRequest, { nonces, hiveTime }: RequestJudgeOptions): Promise<boolean> {
  const used = [node, ...(federation === null ? [] : [federation])].map(({ signature }) => ({
    keyId: signature.keyid,
    nonce: signature.nonce,
    endsAtMs: signature.expires * 1000,
  }));
  return nonces.take(used, hiveTime.now());
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
