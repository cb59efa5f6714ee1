import type { CallHandlers } from '../api/contract.ts';
import type { Failure } from '../api/failures.ts';
import type { ChatToken } from './chat-token.ts';

/** Where the node answers HTTP, as long as it does. */
export interface Listening {
  readonly at: { readonly address: string; readonly port: number } | null;
  /** Why it does not listen where it was told to. */
  readonly obstacle: Failure | null;
  /** Whether it was told to listen at all. */
  readonly isAsked: boolean;
}

/** Answers `api.*`. `listening` is asked each time. */
export function createApiHandlers(
  token: ChatToken,
  listening: () => Listening,
): { readonly calls: Pick<CallHandlers, Extract<keyof CallHandlers, `api.${string}`>> } {
  return {
    calls: {
      'api.info': () => {
        const { at, obstacle } = listening();
        return {
          address: at?.address ?? null,
          port: at?.port ?? null,
          openAiAddress: at === null ? null : `${at.address}/v1`,
          obstacle,
        };
      },
      'api.token': async () => ({ token: await token.get() }),
      'api.renewToken': async () => ({ token: await token.renew() }),
    },
  };
}
