import type { Client } from '../api/client.ts';
import type { AssistantMessageView, ThreadItem } from '../api/conversation-views.ts';
import { describeFailure } from '../api/failure-sentences.ts';
import { FailureError } from '../api/failures.ts';
import type { Flags } from '../config/read-config.ts';
import { createAnswerPrinter } from './answer-printer.ts';
import { exitCodes } from './exit-codes.ts';
import { withNode } from './reach-node.ts';
import type { Surroundings } from './surroundings.ts';

/** What is asked, and of whom; `null`: the default agent. */
export interface ChatQuestion {
  readonly text: string;
  readonly agentId: string | null;
}

/** Starts a conversation and prints its first answer as it comes. Ctrl+C stops the answer and keeps what there is. */
export function chat(surroundings: Surroundings, flags: Flags, question: ChatQuestion): Promise<number> {
  return withNode(surroundings, flags, ({ client }) => ask(surroundings, client, question));
}

async function ask(surroundings: Surroundings, client: Client, { text, agentId }: ChatQuestion): Promise<number> {
  const conversation = await client.call('conversations.create', { agentId, model: null });
  const items = watchThread(client, conversation.id);
  let isStopped = false;
  const endSignals = surroundings.onStopSignal(() => {
    isStopped = true;
    client.call('thread.stop', { conversationId: conversation.id }).catch(() => undefined);
  });
  try {
    const turn = await client.call('thread.send', { conversationId: conversation.id, text, attachmentIds: [] });
    const ended = await printAnswer(surroundings, turn.assistantMessageId, items);
    return exitCodeOf(surroundings, ended, isStopped);
  } finally {
    endSignals();
    items.close();
  }
}

async function printAnswer(
  { print }: Surroundings,
  messageId: string,
  items: AsyncIterable<ThreadItem>,
): Promise<AssistantMessageView> {
  const printer = createAnswerPrinter(messageId);
  for await (const item of items) {
    const { text, ended } = printer.take(item);
    if (text !== '') print(text);
    if (ended) return ended;
  }
  throw new FailureError({ kind: 'disconnected' });
}

function exitCodeOf(
  { print, say }: Surroundings,
  { state, provenance }: AssistantMessageView,
  isStopped: boolean,
): number {
  print('\n');
  if (state.kind === 'failed') say(describeFailure(state.failure));
  else if (provenance?.kind === 'model') say(`(${provenance.modelId} of ${provenance.providerName} answered)`);
  if (state.kind === 'complete') return exitCodes.done;
  return isStopped ? exitCodes.interrupted : exitCodes.failed;
}

/** The items of a thread in order, from the moment of the call on. */
function watchThread(client: Client, conversationId: string): AsyncIterable<ThreadItem> & { close(): void } {
  const waiting: ThreadItem[] = [];
  let wake: (() => void) | null = null;
  let ended: Error | 'closed' | null = null;
  const signal = (): void => {
    wake?.();
    wake = null;
  };
  const stop = client.watch(
    'thread.watch',
    { conversationId },
    {
      next(item) {
        waiting.push(item);
        signal();
      },
      ended(failure) {
        ended = new FailureError(failure);
        signal();
      },
    },
  );
  return {
    async *[Symbol.asyncIterator]() {
      while (ended !== 'closed') {
        const item = waiting.shift();
        if (item) yield item;
        else if (ended) throw ended;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
    close() {
      ended = 'closed';
      stop();
      signal();
    },
  };
}
