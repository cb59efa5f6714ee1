import { createBirpc } from 'birpc';
import type { z } from 'zod';
import { type Channel, frameSchema } from './channel.ts';
import type { ClientFunctions, ServerFunctions } from './client.ts';
import { contract, type Handlers, type SubscriptionName } from './contract.ts';
import { type Failure, FailureError, failureOf } from './failures.ts';

/** Most subscriptions of one channel; a page needs about ten. */
const maxSubscriptions = 200;

/** Reports an error nobody foresaw and returns its incident id. */
export type ReportBug = (error: unknown, where: string) => string;

type AnyHandler = (input: unknown, sink?: { next(item: unknown): void }) => unknown;

/**
 * Answers the contract over `channel` until it closes. Whatever arrives is validated before a handler sees it, and
 * whatever a handler gives is validated before it leaves.
 */
export function serveContract(channel: Channel, handlers: Handlers, reportBug: ReportBug): void {
  const open = new Map<number, () => void>();
  let isClosed = false;

  const toFailure = (error: unknown, where: string): Failure =>
    failureOf(error) ?? { kind: 'bug', incident: reportBug(error, where) };
  const attempt = async (where: string, work: () => Promise<unknown>): Promise<unknown> => {
    try {
      return { isOk: true, value: await work() };
    } catch (error) {
      return { isOk: false, failure: toFailure(error, where) };
    }
  };

  const call = (name: string, input: unknown): Promise<unknown> =>
    attempt(name, async () => {
      if (!Object.hasOwn(contract.calls, name)) return refuse('name');
      const known = name as keyof typeof contract.calls;
      const handler = handlers.calls[known] as AnyHandler;
      return contract.calls[known].output.parse(await handler(parseInput(contract.calls[known].input, input)));
    });

  const openSubscription = (id: number, name: string, input: unknown): Promise<unknown> =>
    attempt(name, async () => {
      const known = knownSubscription(name);
      if (typeof id !== 'number' || open.has(id) || open.size >= maxSubscriptions) return refuse('id');
      const argument = parseInput(contract.subscriptions[known].input, input);
      open.set(id, () => undefined);
      try {
        const sink = { next: (item: unknown) => sendItem(id, known, item) };
        const stop = (await (handlers.subscriptions[known] as AnyHandler)(argument, sink)) as () => void;
        if (open.has(id)) open.set(id, stop);
        else stop();
      } catch (error) {
        open.delete(id);
        throw error;
      }
      return null;
    });
  const sendItem = (id: number, name: SubscriptionName, item: unknown): void => {
    if (!open.has(id)) return;
    const checked = contract.subscriptions[name].item.safeParse(item);
    if (checked.success) rpc.item.asEvent(id, checked.data).catch(() => undefined);
    else fail(id, { kind: 'bug', incident: reportBug(checked.error, name) });
  };

  const close = (id: number): void => {
    const stop = open.get(id);
    open.delete(id);
    stop?.();
  };
  const fail = (id: number, failure: Failure): void => {
    close(id);
    rpc.ended.asEvent(id, failure).catch(() => undefined);
  };

  const rpc = createBirpc<ClientFunctions, ServerFunctions>(
    { call, open: openSubscription, close },
    {
      post: (frame) => {
        if (!isClosed) channel.post(frame);
      },
      on: (receive) =>
        channel.onFrame((frame) => {
          if (frameSchema.safeParse(frame).success) receive(frame);
          else channel.close();
        }),
    },
  );
  channel.onClose(() => {
    isClosed = true;
    for (const id of [...open.keys()]) close(id);
    rpc.$close();
  });
}

const refuse = (field: string): never => {
  throw new FailureError({ kind: 'invalid-input', field: field.slice(0, 200), reason: 'not as the contract says' });
};

const knownSubscription = (name: string): SubscriptionName =>
  Object.hasOwn(contract.subscriptions, name) ? (name as SubscriptionName) : refuse('name');

const parseInput = (schema: z.ZodType, input: unknown): unknown => {
  const parsed = schema.safeParse(input);
  return parsed.success ? parsed.data : refuse(parsed.error.issues[0]?.path.map(String).join('.') || 'input');
};
