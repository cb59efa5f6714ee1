import {
  type CallName,
  contract,
  type Handlers,
  type Sink,
  type SubscriptionName,
} from '../../node-core/api/contract.ts';
import { sampleOf } from '../builders/contract-samples.ts';

/** Handlers for the whole contract that write down what they were asked. */
export interface RecordingHandlers {
  readonly handlers: Handlers;
  /** Inputs as the handlers received them. */
  readonly calls: { readonly name: CallName; readonly input: unknown }[];
  readonly opened: { readonly name: SubscriptionName; readonly input: unknown; readonly sink: Sink<unknown> }[];
  /** Subscriptions that were ended. */
  readonly stopped: SubscriptionName[];
  /** Answers a call from now on; what it returns is sent as it is. */
  answer(name: CallName, answer: (input: unknown) => unknown): void;
  /** Replaces the first item of a subscription. */
  first(name: SubscriptionName, item: unknown): void;
}

/** Answers every call, and begins every subscription, with a sample of the contract. */
export function createRecordingHandlers(): RecordingHandlers {
  const answers = new Map<CallName, (input: unknown) => unknown>();
  const firsts = new Map<SubscriptionName, unknown>();
  const calls: RecordingHandlers['calls'] = [];
  const opened: RecordingHandlers['opened'] = [];
  const stopped: SubscriptionName[] = [];
  const callNames = Object.keys(contract.calls) as CallName[];
  const subscriptionNames = Object.keys(contract.subscriptions) as SubscriptionName[];

  const call = (name: CallName) => async (input: unknown) => {
    calls.push({ name, input });
    return (answers.get(name) ?? (() => sampleOf(contract.calls[name].output)))(input);
  };
  const subscription = (name: SubscriptionName) => (input: unknown, sink: Sink<unknown>) => {
    opened.push({ name, input, sink });
    sink.next(firsts.has(name) ? firsts.get(name) : sampleOf(contract.subscriptions[name].item));
    return () => void stopped.push(name);
  };
  return {
    // Built from the contract's own names, which the type system cannot follow.
    handlers: {
      calls: Object.fromEntries(callNames.map((name) => [name, call(name)])),
      subscriptions: Object.fromEntries(subscriptionNames.map((name) => [name, subscription(name)])),
    } as unknown as Handlers,
    calls,
    opened,
    stopped,
    answer: (name, answer) => void answers.set(name, answer),
    first: (name, item) => void firsts.set(name, item),
  };
}
