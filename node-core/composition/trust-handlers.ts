import { isDeepStrictEqual } from 'node:util';
import type { SubscriptionHandlers } from '../api/contract.ts';
import { FailureError } from '../api/failures.ts';
import { linkDefects } from '../api/trust-sentences.ts';
import type { JoinReview, TrustView } from '../api/trust-views.ts';
import { readJoinLink } from '../protocol/trust/join-link.ts';
import type { Applicant } from '../trust/applicant/applicant.ts';
import type { Upkeep } from '../trust/membership/upkeep.ts';
import type { Trust } from './trust-gate.ts';

type TrustHandlers = {
  readonly calls: Pick<
    Trust['handlers']['calls'],
    | 'trust.get'
    | 'trust.review'
    | 'trust.join'
    | 'trust.joinAddress'
    | 'trust.confirm'
    | 'trust.retry'
    | 'trust.cancel'
    | 'trust.leave'
    | 'trust.renew'
  >;
  readonly subscriptions: Pick<SubscriptionHandlers, 'trust.watch'>;
};

/** What the handlers of `trust.*` work with. */
export interface TrustHandlerParts {
  readonly applicant: Applicant;
  readonly upkeep: Upkeep;
  view(): Promise<TrustView>;
  wordsOf(publicKey: string): Promise<readonly string[]>;
  /** Told when the view may have changed; returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Told why a view could not be made. */
  onFailed(error: unknown): void;
  /** Central joins nothing and leaves nothing. */
  readonly isCentral: boolean;
}

/** Answers `trust.*`. */
export function createTrustHandlers(parts: TrustHandlerParts): TrustHandlers {
  const { applicant, upkeep, isCentral } = parts;
  const asMember = (what: 'leave' | 'renew'): void => {
    if (isCentral || (upkeep.view() === null && applicant.view() === null)) {
      throw new FailureError({ kind: 'not-joined', what });
    }
  };
  const asJoiner = (): void => {
    if (isCentral) throw new FailureError({ kind: 'tier-contradiction', folderTier: 'central', askedTier: 'member' });
  };
  return {
    calls: {
      'trust.get': () => parts.view(),
      'trust.review': ({ link }) => review(link, parts),
      'trust.join': async ({ link }) => {
        asJoiner();
        await applicant.join(link);
        return {};
      },
      'trust.joinAddress': async (typed) => {
        asJoiner();
        await applicant.joinAddress(typed);
        return {};
      },
      'trust.confirm': async ({ words }) => {
        await applicant.confirm(words);
        return {};
      },
      'trust.retry': async () => {
        await applicant.retry();
        return {};
      },
      'trust.cancel': async () => {
        await applicant.cancel();
        return {};
      },
      'trust.leave': async () => {
        asMember('leave');
        return upkeep.leave();
      },
      'trust.renew': async () => {
        asMember('renew');
        await upkeep.renewNow();
        return parts.view();
      },
    },
    subscriptions: { 'trust.watch': (_input, sink) => watch(parts, sink) },
  };
}

async function review(link: string, { wordsOf }: TrustHandlerParts): Promise<JoinReview> {
  const read = readJoinLink(link);
  if (read.kind === 'refused')
    throw new FailureError({ kind: 'link-invalid', defect: read.defect, reason: linkDefects[read.defect] });
  const { at, anchor, tier, invite, name, tls } = read.link;
  const anchorWords = [...(await wordsOf(anchor))];
  return { at, anchor, anchorWords, tier, hiveName: name, hasInvite: invite !== null, tls };
}

/** Tells the present view, then each that differs from the one before; one after another, so that none comes late. */
async function watch(
  { view, onChange, onFailed }: TrustHandlerParts,
  sink: { next(item: TrustView): void },
): Promise<() => void> {
  let told: TrustView | null = null;
  let isOver = false;
  let telling: Promise<void> = Promise.resolve();
  const tell = (): Promise<void> => {
    const next = telling.then(async () => {
      const present = await view();
      if (isOver || isDeepStrictEqual(present, told)) return;
      told = present;
      sink.next(present);
    });
    telling = next.catch(() => undefined);
    return next;
  };
  // A view that could not be made is told with the next change.
  const end = onChange(() => void tell().catch(onFailed));
  await tell().catch((error: unknown) => {
    end();
    throw error;
  });
  return () => {
    isOver = true;
    end();
  };
}
