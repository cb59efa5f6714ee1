import type { TurnState } from '../../../../node-core/api/conversation-views.ts';

/** What the notice under an answer offers. */
export type NoticeOffer = 'retry' | 'continue';

/** How an answer that did not end well can go on: the likelier way first. Only the last of a branch can. */
export function noticeOffers(state: TurnState, isLast: boolean, hasText: boolean): readonly NoticeOffer[] {
  const { kind } = state;
  if (!isLast || kind === 'queued' || kind === 'streaming') return [];
  if (kind === 'failed') return hasText ? ['retry', 'continue'] : ['retry'];
  // There is no room to go on in.
  if (kind === 'complete' && state.reason === 'full') return [];
  return hasText ? ['continue'] : ['retry'];
}
