import type { AssistantMessageView, MessageView, ThreadItem } from '../api/conversation-views.ts';

/** Follows one answer in a watched thread and gives the text that is new. */
export interface AnswerPrinter {
  /** New text, or the end of the answer, or neither. */
  take(item: ThreadItem): { readonly text: string; readonly ended: AssistantMessageView | null };
}

const nothing = { text: '', ended: null };

/** Prints the answer `messageId`; what the watcher sent before that id was known may be taken as well. */
export function createAnswerPrinter(messageId: string): AnswerPrinter {
  let message: AssistantMessageView | null = null;
  let printedChars = 0;
  const advance = (): ReturnType<AnswerPrinter['take']> => {
    if (!message) return nothing;
    const whole = textOf(message);
    const text = whole.slice(printedChars);
    printedChars = whole.length;
    return { text, ended: isRunning(message) ? null : message };
  };
  return {
    take(item) {
      const replaced = messagesOf(item).find(({ id }) => id === messageId);
      if (replaced?.role === 'assistant') message = replaced;
      else if (item.kind === 'delta' && item.messageId === messageId && message) message = append(message, item);
      else return nothing;
      return advance();
    },
  };
}

const isRunning = ({ state }: AssistantMessageView): boolean => state.kind === 'queued' || state.kind === 'streaming';

function messagesOf(item: ThreadItem): readonly MessageView[] {
  if (item.kind === 'message') return [item.message];
  return item.kind === 'opened' || item.kind === 'path' ? item.page.messages : [];
}

const textOf = ({ parts }: AssistantMessageView): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');

function append(message: AssistantMessageView, delta: Extract<ThreadItem, { kind: 'delta' }>): AssistantMessageView {
  const parts = message.parts.map((part, index) =>
    index === delta.part && 'text' in part ? { ...part, text: part.text.slice(0, delta.offset) + delta.text } : part,
  );
  return { ...message, parts };
}
