import type { SubscriptionItem } from '../../node-core/api/contract.ts';

/** What became of the questions in one chat. */
export type WaitingChange =
  /** `calls` tells what is asked from what was asked before; `agentId` asks longest. */
  | {
      readonly kind: 'approval-asked';
      readonly conversationId: string;
      readonly agentId: string;
      readonly calls: string;
    }
  | { readonly kind: 'approval-ended'; readonly conversationId: string };

/** Finds in what `hands.watch` tells the chats in which an agent begins or ends to wait for the person. */
export class WaitingDeeds {
  /** What waits in each chat, as one text that changes with it. */
  #waiting = new Map<string, string>();

  /** What the next item means. */
  take({ waiting }: SubscriptionItem<'hands.watch'>): readonly WaitingChange[] {
    const before = this.#waiting;
    const byChat = Map.groupBy(waiting, ({ conversationId }) => conversationId);
    const now = new Map([...byChat].map(([id, deeds]) => [id, callsOf(deeds)] as const));
    this.#waiting = now;
    const ended = [...before.keys()].filter((id) => !now.has(id));
    const asked = [...now].filter(([id, calls]) => before.get(id) !== calls);
    return [
      ...ended.map((conversationId) => ({ kind: 'approval-ended', conversationId }) as const),
      ...asked.map(([conversationId, calls]) => {
        const agentId = byChat.get(conversationId)?.reduce(earlier).agentId ?? '';
        return { kind: 'approval-asked', conversationId, agentId, calls } as const;
      }),
    ];
  }
}

type Waiting = SubscriptionItem<'hands.watch'>['waiting'][number];

const callsOf = (deeds: readonly Waiting[]): string =>
  deeds
    .map(({ callId }) => callId)
    .sort()
    .join(' ');

const earlier = (one: Waiting, other: Waiting): Waiting => (other.since < one.since ? other : one);
