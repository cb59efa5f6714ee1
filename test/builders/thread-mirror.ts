import type {
  ChecklistView,
  ConversationView,
  MessageView,
  ThreadItem,
} from '../../node-core/api/conversation-views.ts';

/** What a page knows of a thread from what it was sent; throws when it was sent something that does not fit. */
export class ThreadMirror {
  conversation: ConversationView | null = null;
  checklist: ChecklistView | null = null;
  /** `null` stands for a message that was not sent yet. */
  messages: (MessageView | null)[] = [];

  take(given: ThreadItem): void {
    const item = structuredClone(given);
    switch (item.kind) {
      case 'opened':
        this.conversation = item.conversation;
        this.checklist = item.checklist;
        this.messages = [];
        this.#takePage(item.page);
        return;
      case 'path':
        if (item.page.from > this.messages.length) throw new Error('The branch begins behind what is known of it.');
        this.messages.length = item.page.from;
        this.#takePage(item.page);
        return;
      case 'message':
        if (item.index >= this.messages.length) throw new Error('The message stands behind the end of the branch.');
        this.messages[item.index] = item.message;
        return;
      case 'delta':
        this.#grow(item);
        return;
      case 'conversation':
        this.conversation = item.conversation;
        return;
      case 'checklist':
        this.checklist = item.checklist;
    }
  }

  #takePage({ length, from, messages }: Extract<ThreadItem, { kind: 'path' }>['page']): void {
    const known = this.messages.slice(0, from);
    this.messages = Array.from({ length }, (_, index) => known[index] ?? messages[index - from] ?? null);
  }

  #grow({ messageId, part, offset, text }: Extract<ThreadItem, { kind: 'delta' }>): void {
    const message = this.messages.find((each) => each?.id === messageId);
    if (!message) return;
    const grown = message.role === 'assistant' ? message.parts[part] : undefined;
    if (grown?.kind !== 'text' && grown?.kind !== 'reasoning') throw new Error('Text for a part that holds none.');
    if (grown.text.length !== offset) throw new Error(`Text at ${offset}, but ${grown.text.length} is known.`);
    grown.text += text;
  }
}
