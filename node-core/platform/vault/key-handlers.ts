import type { CallHandlers, SubscriptionHandlers } from '../../api/contract.ts';
import type { Vault } from './vault.ts';

/** The share of the contract that is about where keys are kept. Each call resolves when the new state is in force. */
export function createKeyHandlers(vault: Vault): {
  readonly calls: Pick<CallHandlers, Extract<keyof CallHandlers, `keys.${string}`>>;
  readonly subscriptions: Pick<SubscriptionHandlers, 'keys.watch'>;
} {
  const done = async (work: Promise<void>): Promise<Record<never, never>> => {
    await work;
    return {};
  };
  return {
    calls: {
      'keys.retry': () => done(vault.retry()),
      'keys.unlock': ({ passphrase }) => done(vault.unlock(passphrase)),
      'keys.saveRecovery': ({ passphrase }) => done(vault.saveRecovery(passphrase)),
      'keys.sealHere': () => done(vault.sealHere()),
      'keys.startAnew': ({ passphrase }) => done(vault.startAnew(passphrase)),
    },
    subscriptions: {
      'keys.watch': (_input, sink) => {
        sink.next(vault.view());
        return vault.onChanged(() => sink.next(vault.view()));
      },
    },
  };
}
