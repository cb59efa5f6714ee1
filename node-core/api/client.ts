import { createBirpc } from 'birpc';
import { z } from 'zod';
import { type Channel, frameSchema } from './channel.ts';
import {
  type CallInput,
  type CallName,
  type CallResult,
  contract,
  type SubscriptionInput,
  type SubscriptionItem,
  type SubscriptionName,
} from './contract.ts';
import { failureSchema } from './failure-schema.ts';
import { type Failure, FailureError } from './failures.ts';

/** Longest wait for an answer; restores and integrity checks of large folders are the slow ones. */
const callTimeoutMs = 10 * 60_000;

/** What a watcher is told. After `ended` nothing follows. */
export interface Watcher<T> {
  next(item: T): void;
  ended?(failure: Failure): void;
}

/** The contract as a person of the code sees it. Failures arrive as thrown FailureErrors. */
export interface Client {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResult<N>>;
  /** Returns what ends the subscription. */
  watch<N extends SubscriptionName>(
    name: N,
    input: SubscriptionInput<N>,
    watcher: Watcher<SubscriptionItem<N>>,
  ): () => void;
  close(): void;
  onClose(listener: () => void): void;
}

const outcomeSchema = z.discriminatedUnion('isOk', [
  z.object({ isOk: z.literal(true), value: z.unknown() }),
  z.object({ isOk: z.literal(false), failure: failureSchema }),
]);

/** The functions that a server offers over the wire. */
export interface ServerFunctions {
  call(name: string, input: unknown): Promise<unknown>;
  open(id: number, name: string, input: unknown): Promise<unknown>;
  close(id: number): void;
}

/** The functions that a client offers over the wire. */
export interface ClientFunctions {
  item(id: number, value: unknown): void;
  ended(id: number, failure: unknown): void;
}

/** Speaks the contract over `channel`. */
export function createClient(channel: Channel): Client {
  const watchers = new Map<number, { name: SubscriptionName; watcher: Watcher<never> }>();
  let lastId = 0;
  let isClosed = false;

  const deliver = (id: number, value: unknown): void => {
    const entry = watchers.get(id);
    if (!entry) return;
    const parsed = contract.subscriptions[entry.name].item.safeParse(value);
    if (parsed.success) entry.watcher.next(parsed.data as never);
    else end(id, { kind: 'bug', incident: `item of ${entry.name}` });
  };
  const end = (id: number, failure: Failure): void => {
    const entry = watchers.get(id);
    watchers.delete(id);
    entry?.watcher.ended?.(failure);
  };

  const rpc = createBirpc<ServerFunctions, ClientFunctions>(
    {
      item: deliver,
      ended: (id, failure) => end(id, failureSchema.catch({ kind: 'bug', incident: 'ended' }).parse(failure)),
    },
    {
      post: (frame) => channel.post(frame),
      on: (receive) => channel.onFrame((frame) => frameSchema.safeParse(frame).success && receive(frame)),
      timeout: callTimeoutMs,
    },
  );
  channel.onClose(() => {
    isClosed = true;
    rpc.$close(new FailureError({ kind: 'disconnected' }));
    for (const id of [...watchers.keys()]) end(id, { kind: 'disconnected' });
  });

  const ask = async (question: () => Promise<unknown>): Promise<unknown> => {
    if (isClosed) throw new FailureError({ kind: 'disconnected' });
    let answer: unknown;
    try {
      answer = await question();
    } catch (error) {
      throw error instanceof FailureError ? error : new FailureError({ kind: 'disconnected' }, { cause: error });
    }
    const outcome = outcomeSchema.parse(answer);
    if (!outcome.isOk) throw new FailureError(outcome.failure);
    return outcome.value;
  };

  return {
    async call(name, input) {
      const value = await ask(() => rpc.call(name, input));
      return contract.calls[name].output.parse(value) as CallResult<typeof name>;
    },
    watch(name, input, watcher) {
      lastId += 1;
      const id = lastId;
      watchers.set(id, { name, watcher: watcher as Watcher<never> });
      ask(() => rpc.open(id, name, input)).catch((error: unknown) =>
        end(id, error instanceof FailureError ? error.failure : { kind: 'bug', incident: `open ${name}` }),
      );
      return () => {
        if (watchers.delete(id) && !isClosed) rpc.close.asEvent(id).catch(() => undefined);
      };
    },
    close: () => channel.close(),
    onClose: (listener) => channel.onClose(listener),
  };
}
