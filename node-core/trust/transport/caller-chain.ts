import { type CertificateChain, chainSchema } from '../../protocol/trust/certificate.ts';
import type { ChainVerdict } from '../../protocol/trust/chain.ts';
import type { ChainVerifier } from '../verification/chain-verifier.ts';
import type { RevocationBook } from '../verification/revocation-book.ts';
import type { ReceivedRequest, RequestTerms, RequestVerdict } from './request-judge.ts';

/** Longest `Nunba-Certificate`, characters: four certificates of 4 KiB as base64url. */
const headerLimit = 23_000;

/** Looks chains up by key. */
export interface CallerChains {
  /** The newest chain of that key that is known here, judged or not; `null`: none. */
  find(publicKey: string): Promise<CertificateChain | null>;
}

interface ChainMeans {
  readonly chains: CallerChains;
  readonly verifier: ChainVerifier;
  readonly revocations: Pick<RevocationBook, 'reasonFor'>;
}

type CallerChain =
  | { readonly kind: 'judged'; readonly chain: CertificateChain | null }
  | Extract<RequestVerdict, { kind: 'refused' }>;

/** The chain of the caller, which has proven that it holds the key: as it was sent, or as it is known here. */
export async function judgeCallerChain(
  request: ReceivedRequest,
  publicKey: string,
  terms: RequestTerms,
  means: ChainMeans,
): Promise<CallerChain> {
  if (terms.chain === 'not-needed') return { kind: 'judged', chain: null };
  const presented = presentedChain(request) ?? (await means.chains.find(publicKey));
  const verdict = means.verifier.judge(presented, { endedLeafGraceMs: terms.endedLeafGraceMs ?? 0 });
  if (verdict.kind === 'refused') return explain(verdict, presented, terms, means);
  if (verdict.chain.certificate.public_key !== publicKey) {
    return { kind: 'refused', reason: 'not-a-member', sentence: 'The certificate is that of another key.' };
  }
  return { kind: 'judged', chain: verdict.chain };
}

/** What a request shows in `Nunba-Certificate`, decoded and not judged; `null`: nothing that can be read. */
export function presentedChain({ headers }: Pick<ReceivedRequest, 'headers'>): unknown {
  const header = headers['nunba-certificate'];
  if (typeof header !== 'string' || header.length > headerLimit) return null;
  try {
    return JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function explain(
  { defect, position }: Extract<ChainVerdict, { kind: 'refused' }>,
  presented: unknown,
  terms: RequestTerms,
  means: ChainMeans,
): CallerChain {
  if (presented === null) {
    return { kind: 'refused', reason: 'not-a-member', sentence: 'No certificate of this key is known here.' };
  }
  if (defect === 'revoked') {
    const reason = revocationReason(presented, position, means.revocations);
    return { kind: 'refused', reason: 'revoked', sentence: `The certificate was revoked: ${reason}` };
  }
  const isLapsed = defect === 'expired' && position === 0 && terms.endedLeafGraceMs !== undefined;
  const sentence = `The certificate is refused: ${defect}.`;
  return { kind: 'refused', reason: isLapsed ? 'lapsed-too-long' : 'not-a-member', sentence };
}

function revocationReason(
  presented: unknown,
  position: number,
  revocations: Pick<RevocationBook, 'reasonFor'>,
): string {
  const { data } = chainSchema.safeParse(presented);
  const revoked = data === undefined ? undefined : [data.certificate, ...data.issuers][position];
  const reason = revoked && revocations.reasonFor(revoked.public_key, revoked.serial, revoked.parent_public_key);
  return reason || 'no reason was given.';
}
