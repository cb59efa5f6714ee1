import type { MessagePart } from '../../../../node-core/api/conversation-views.ts';

/** Whether a part of an answer waits for the person. One whose answer was stopped waits no longer. Pure. */
export function isWaiting(part: MessagePart | undefined, isTurnRunning: boolean): boolean {
  return part?.kind === 'tool' && part.approval.kind === 'asked' && part.outcome === null && isTurnRunning;
}
