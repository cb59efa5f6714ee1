import { judgeSigned, readChain, type SignedChain } from '../../protocol/trust/chain.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';
import type { HiveTime } from '../hive-time.ts';
import type { ChainVerifier } from './chain-verifier.ts';
import type { RevocationBook } from './revocation-book.ts';

export interface CachedChainVerifierOptions {
  /** The pinned trust anchor, hex; `null`: none, and every chain is another's. Asked each time. */
  readonly anchor: () => string | null;
  readonly hiveTime: Pick<HiveTime, 'now'>;
  readonly revocations: Pick<RevocationBook, 'isRevoked'>;
  readonly verify: VerifySignature;
  /** Chains whose signatures are remembered; some 3 KB each. Default 1,000. */
  readonly mostChains?: number;
}

/** Longer texts are judged but not kept. */
const mostTextLength = 8_192;

/**
 * A ChainVerifier that remembers, by the whole text of a chain, that its signatures lead up to the anchor. Time,
 * revocations and hive are judged anew each time, and another anchor empties it: no verdict is ever stale. Refused chains
 * are not kept, so that a flood of them pushes nothing out.
 */
export function createCachedChainVerifier(options: CachedChainVerifierOptions): ChainVerifier {
  const { anchor, hiveTime, revocations, verify, mostChains = 1_000 } = options;
  const signedChains = new Map<string, SignedChain>();
  let keptFor: string | null = null;

  const keep = (text: string, signed: SignedChain): void => {
    signedChains.delete(text);
    signedChains.set(text, signed);
    const [oldest] = signedChains.keys();
    if (signedChains.size > mostChains && oldest !== undefined) signedChains.delete(oldest);
  };

  return {
    judge(presented, { endedLeafGraceMs = 0 } = {}) {
      const present = anchor();
      if (present !== keptFor) signedChains.clear();
      keptFor = present;
      if (present === null) return { kind: 'refused', defect: 'other-anchor', position: 0 };
      const text = textOf(presented);
      const signed = (text !== null && signedChains.get(text)) || readChain(presented, { anchor: present, verify });
      if (signed.kind === 'refused') return signed;
      if (text !== null) keep(text, signed);
      const isRevoked = revocations.isRevoked.bind(revocations);
      return judgeSigned(signed, { anchor: present, nowMs: hiveTime.now(), isRevoked, endedLeafGraceMs });
    },
  };
}

/** The text by which a value is found again; `null` for what is too long or is no JSON. */
function textOf(presented: unknown): string | null {
  try {
    const text: unknown = JSON.stringify(presented);
    return typeof text === 'string' && text.length <= mostTextLength ? text : null;
  } catch {
    return null;
  }
}
