import type { Secrets } from '../protocol/ports/host.ts';
import { createToken } from './tokens.ts';

const secretName = 'api.chat-token';

/** The token of `/chat`, `/v1` and `/status`; kept until it is renewed. */
export interface ChatToken {
  get(): Promise<string>;
  /** Makes a new one; the old one counts no longer. */
  renew(): Promise<string>;
}

export function createChatToken(secrets: Secrets): ChatToken {
  let current: Promise<string> | null = null;
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
    get: () => current ?? remember(readOrMake()),
    renew: () => remember(keep(createToken())),
  };
}
