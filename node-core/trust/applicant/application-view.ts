import type { TrustView } from '../../api/trust-views.ts';
import type { Application, ApplicationPhase } from '../membership/membership-record.ts';
import { obstacleView } from '../membership/obstacle-view.ts';

type ApplicationView = NonNullable<TrustView['application']>;
/** `null`: not known yet. */
type Words = (publicKey: string) => readonly string[] | null;

/** The application as a person sees it. */
export function applicationView({ order, phase, startedAt }: Application, words: Words): ApplicationView {
  const wordsOf = (key: string | null): string[] | null => {
    const found = key === null ? null : words(key);
    return found === null ? null : [...found];
  };
  return {
    at: order.issuer.url,
    anchor: order.anchor,
    anchorWords: wordsOf(order.anchor),
    statedWords: phase.kind === 'unconfirmed' ? wordsOf(phase.statedAnchor) : null,
    hiveName: order.hiveName,
    tier: order.tier,
    phase: phase.kind,
    since: sinceOf(phase, startedAt),
    nextTryAt: nextTryOf(phase),
    obstacle: phase.obstacle === null ? null : obstacleView(phase.obstacle),
  };
}

function sinceOf(phase: ApplicationPhase, startedAt: number): number {
  if (phase.kind === 'pending') return phase.since;
  return phase.kind === 'failed' ? phase.at : startedAt;
}

function nextTryOf(phase: ApplicationPhase): number | null {
  if (phase.kind === 'pending') return phase.nextPollAt;
  return phase.kind === 'failed' ? null : phase.nextTryAt;
}
