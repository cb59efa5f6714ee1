import type { Client } from '../../node-core/api/client.ts';
import type { AssistantMessageView, MessageView, ThreadItem } from '../../node-core/api/conversation-views.ts';

/** The messages of one conversation as a watcher knows them. */
export interface FollowedThread {
  readonly conversationId: string;
  /** Every item as it came. */
  readonly items: readonly ThreadItem[];
  messages(): readonly MessageView[];
  /** Resolves with the newest answer once `isSo` holds for it. */
  answer(isSo: (answer: AssistantMessageView) => boolean): Promise<AssistantMessageView>;
  stop(): void;
}

/** The text of an answer. */
export const textOf = ({ parts }: AssistantMessageView): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');

/** Watches a conversation and folds what it is told. */
export function followThread(client: Client, conversationId: string): FollowedThread {
  const items: ThreadItem[] = [];
  const listeners = new Set<() => void>();
  let messages: readonly MessageView[] = [];
  const stop = client.watch(
    'thread.watch',
    { conversationId },
    {
      next(item) {
        items.push(item);
        messages = fold(messages, item);
        for (const listener of [...listeners]) listener();
      },
    },
  );
  return {
    conversationId,
    items,
    messages: () => messages,
    answer: (isSo) =>
      new Promise((resolve) => {
        const look = (): void => {
          const newest = messages.findLast((message) => message.role === 'assistant');
          if (newest?.role !== 'assistant' || !isSo(newest)) return;
          listeners.delete(look);
          resolve(newest);
        };
        listeners.add(look);
        look();
      }),
    stop,
  };
}

function fold(messages: readonly MessageView[], item: ThreadItem): readonly MessageView[] {
  switch (item.kind) {
    case 'opened':
    case 'path':
      return [...messages.slice(0, item.page.from), ...item.page.messages];
    case 'message':
      return [...messages.slice(0, item.index), item.message, ...messages.slice(item.index + 1)];
    case 'delta':
      return messages.map((message) => (message.id === item.messageId ? grown(message, item) : message));
    default:
      return messages;
  }
}

function grown(message: MessageView, delta: Extract<ThreadItem, { kind: 'delta' }>): MessageView {
  if (message.role !== 'assistant') return message;
  const parts = message.parts.map((part, index) =>
    index === delta.part && 'text' in part ? { ...part, text: part.text.slice(0, delta.offset) + delta.text } : part,
  );
  return { ...message, parts };
}
