import type { CallHandlers } from '../api/contract.ts';
import type { ChatToken } from './chat-token.ts';

/** Answers `api.*`. `listening` is asked each time; `null`: no HTTP is served. */
export function createApiHandlers(
  token: ChatToken,
  listening: () => { readonly address: string; readonly port: number } | null,
): { readonly calls: Pick<CallHandlers, Extract<keyof CallHandlers, `api.${string}`>> } {
  return {
    calls: {
      'api.info': () => {
        const at = listening();
        return {
          address: at?.address ?? null,
          port: at?.port ?? null,
          openAiAddress: at === null ? null : `${at.address}/v1`,
        };
      },
      'api.token': async () => ({ token: await token.get() }),
      'api.renewToken': async () => ({ token: await token.renew() }),
    },
  };
}
