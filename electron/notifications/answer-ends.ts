import type { SubscriptionItem } from '../../node-core/api/contract.ts';
import type { NotificationEvent } from './decide-notification.ts';

/**
 * Finds in what `conversations.watch` tells the answers that end. What was running when the watching began anew, after a
 * crash, has not ended now: it was broken off, and the state says so.
 */
export class AnswerEnds {
  #running = new Set<string>();

  /** What the next item means, or `null`. */
  take(item: SubscriptionItem<'conversations.watch'>): NotificationEvent | null {
    switch (item.kind) {
      case 'all':
        this.#running = new Set(item.conversations.flatMap(({ id, isRunning }) => (isRunning ? [id] : [])));
        return null;
      case 'removed':
        this.#running.delete(item.id);
        return { kind: 'conversation-removed', conversationId: item.id };
      case 'changed': {
        const { id, isRunning, title } = item.conversation;
        if (isRunning) this.#running.add(id);
        else if (this.#running.delete(id)) return { kind: 'answer-ended', conversationId: id, title };
        return null;
      }
    }
  }
}
