import type { CallHandlers, CallName, SubscriptionHandlers } from '../api/contract.ts';
import type { HivePlace } from '../health/node-status.ts';
import { alonePlace } from './hive-place.ts';

export type TrustCall = Extract<CallName, `trust.${string}` | `authority.${string}`>;

/** The node's share of trust: what it can be asked, and its place in a hive. */
export interface Trust {
  readonly handlers: {
    readonly calls: Pick<CallHandlers, TrustCall>;
    readonly subscriptions: Pick<SubscriptionHandlers, 'trust.watch' | 'authority.watch'>;
  };
  place(): HivePlace;
  /** Told when the place may have changed; for as long as the node runs. */
  onChange(listener: () => void): void;
  /** Looks how the parent answers, because the person wants to know. Never rejects. */
  check(): Promise<void>;
  /** Opens the hive listener, where the configuration asks for one. Rejects where it cannot be opened. */
  listen(): Promise<void>;
}

/** Starts trust when somebody asks for it, or at once where there is a hive: a flat node pays nothing for it. */
export interface TrustGate extends Omit<Trust, 'listen'> {
  /** Resolves when it has started. Rejects with why it could not; the next call tries again. */
  open(): Promise<void>;
  isOpen(): boolean;
  /**
   * Opens the hive listener; where trust is not open, when it opens.
   *
   * @param ifTaken `refuse`: rejects where it cannot be opened; `use-next`: the node goes on without others' reaching it,
   *   and its health says so
   */
  listen(ifTaken: 'refuse' | 'use-next'): Promise<void>;
}

/**
 * @param start rejects with a FailureError where trust cannot be started just now
 * @param onDeaf told why the hive listener could not be opened, where that stops nothing
 */
export function createTrustGate(start: () => Promise<Trust>, onDeaf: (error: unknown) => void): TrustGate {
  let opening: Promise<Trust> | null = null;
  let opened: Trust | null = null;
  let isListenAsked = false;
  const listeners: (() => void)[] = [];
  const open = (): Promise<Trust> => {
    opening ??= start().then(
      async (trust) => {
        opened = trust;
        for (const listener of listeners) trust.onChange(listener);
        // Before anything is joined: an issuer may ask at this node's domain.
        if (isListenAsked) await trust.listen().catch(onDeaf);
        return trust;
      },
      (error: unknown) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  };
  const later = <N extends TrustCall>(name: N): CallHandlers[N] => {
    const answer = async (input: Parameters<CallHandlers[N]>[0]) => {
      const { calls } = (await open()).handlers;
      // The handler of this very name; TypeScript does not follow N through the record.
      return (calls[name] as (input: unknown) => unknown)(input);
    };
    return answer as CallHandlers[N];
  };
  return {
    open: async () => void (await open()),
    isOpen: () => opened !== null,
    place: () => opened?.place() ?? alonePlace,
    onChange(listener) {
      listeners.push(listener);
      opened?.onChange(listener);
    },
    check: async () => opened?.check(),
    async listen(ifTaken) {
      isListenAsked = true;
      const listening = opened?.listen();
      await (ifTaken === 'refuse' ? listening : listening?.catch(onDeaf));
    },
    handlers: {
      calls: {
        'trust.get': later('trust.get'),
        'trust.review': later('trust.review'),
        'trust.join': later('trust.join'),
        'trust.joinAddress': later('trust.joinAddress'),
        'trust.confirm': later('trust.confirm'),
        'trust.retry': later('trust.retry'),
        'trust.cancel': later('trust.cancel'),
        'trust.leave': later('trust.leave'),
        'trust.renew': later('trust.renew'),
        'authority.createInvite': later('authority.createInvite'),
        'authority.listInvites': later('authority.listInvites'),
        'authority.revokeInvite': later('authority.revokeInvite'),
        'authority.listRequests': later('authority.listRequests'),
        'authority.approve': later('authority.approve'),
        'authority.reject': later('authority.reject'),
        'authority.listMembers': later('authority.listMembers'),
        'authority.revoke': later('authority.revoke'),
        'authority.release': later('authority.release'),
        'authority.federationKey': later('authority.federationKey'),
        'authority.rotateFederationKey': later('authority.rotateFederationKey'),
      },
      subscriptions: {
        'trust.watch': async (input, sink) => (await open()).handlers.subscriptions['trust.watch'](input, sink),
        'authority.watch': async (input, sink) => (await open()).handlers.subscriptions['authority.watch'](input, sink),
      },
    },
  };
}
