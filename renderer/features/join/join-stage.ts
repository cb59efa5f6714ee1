import type { TrustView } from '../../../node-core/api/trust-views.ts';
import type { JoinGoal } from '../../screen.tsx';
import type { AddressOrder } from './address-order.ts';

export type Membership = NonNullable<TrustView['membership']>;
export type Application = NonNullable<TrustView['application']>;

/** What the person does on the page before anything is joined. */
export type LocalStep =
  | { readonly kind: 'choose' }
  /** `order`: an address that was gone back from. */
  | { readonly kind: 'enter'; readonly order: AddressOrder | null }
  /** An address with its words, before anything is sent to it. */
  | { readonly kind: 'address'; readonly order: AddressOrder }
  /** The node was told to join and has not said anything since; `before`: when the application before it began. */
  | { readonly kind: 'starting'; readonly before: number | null };

/** What the page shows. */
export type JoinStage =
  | { readonly kind: 'choose' }
  | { readonly kind: 'enter'; readonly order: AddressOrder | null }
  | { readonly kind: 'review'; readonly goal: JoinGoal }
  | { readonly kind: 'address'; readonly order: AddressOrder }
  | { readonly kind: 'starting' }
  | { readonly kind: 'compare' | 'applying' | 'pending' | 'failed'; readonly application: Application }
  | { readonly kind: 'member'; readonly membership: Membership };

const shownAs = { unconfirmed: 'compare', applying: 'applying', pending: 'pending', failed: 'failed' } as const;

/**
 * What the node says goes before what the person began here, but for a join that failed: that is shown until they begin
 * another.
 */
export function stageOf(trust: TrustView, goal: JoinGoal | null, local: LocalStep): JoinStage {
  const { membership, application } = trust;
  if (isStarting(trust, local)) return { kind: 'starting' };
  if (membership && !membership.ended) return { kind: 'member', membership };
  if (application && application.phase !== 'failed') return { kind: shownAs[application.phase], application };
  if (goal) return { kind: 'review', goal };
  if (local.kind === 'enter' || local.kind === 'address') return local;
  return application ? { kind: 'failed', application } : { kind: 'choose' };
}

/** Whether the node has not yet said that it joins what it was told to. */
function isStarting({ membership, application }: TrustView, local: LocalStep): boolean {
  const isMember = membership !== null && membership.ended === null;
  return local.kind === 'starting' && !isMember && (application?.since ?? null) === local.before;
}
