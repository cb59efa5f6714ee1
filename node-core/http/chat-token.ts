import type { Secrets } from '../protocol/ports/host.ts';
import { isLocked } from './locked-secrets.ts';
import { createToken } from './tokens.ts';

const secretName = 'api.chat-token';

/** The token of `/chat`, `/v1` and `/status`; kept until it is renewed. */
export interface ChatToken {
  get(): Promise<string>;
  /** Makes a new one; the old one counts no longer. */
  renew(): Promise<string>;
}

/**
 * While the secrets are locked the kept token cannot be read: one that lasts as long as this process takes its place, so
 * that programs can be let in all the same.
 */
export function createChatToken(secrets: Secrets): ChatToken {
  let current: Promise<string> | null = null;
  let standIn: string | null = null;
  const keep = async (token: string): Promise<string> => {
    await secrets.write(secretName, token);
    return token;
  };
  const readOrMake = async (): Promise<string> => (await secrets.read(secretName)) ?? keep(createToken());
  /** A failed attempt is not kept, so that the next one may succeed. */
  const remember = (attempt: Promise<string>): Promise<string> => {
    current = attempt;
    attempt.catch(() => {
      if (current === attempt) current = null;
    });
    return attempt;
  };
  return {
    async get() {
      try {
        return await (current ?? remember(readOrMake()));
      } catch (error) {
        if (!isLocked(error)) throw error;
        standIn ??= createToken();
        return standIn;
      }
    },
    renew: () => remember(keep(createToken())),
  };
}
