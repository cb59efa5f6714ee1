import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Secrets } from '../protocol/ports/host.ts';
import { isLocked } from './locked-secrets.ts';
import { createToken, isSameToken } from './tokens.ts';

/** How long a one-time token waits for its page, ms. */
export const pageTokenLifeMs = 5 * 60_000;
/** How long a page stays signed in, ms. */
export const sessionLifeMs = 30 * 24 * 60 * 60_000;
/** More pages than a person opens at once. */
const maxWaitingTokens = 32;
const secretName = 'page.session-key';

/** A token that lets one page in, once. */
export interface PageToken {
  readonly token: string;
  /** Resolves when a page has come in with it; never, if it expires. */
  readonly used: Promise<void>;
}

/**
 * Lets the pages in that this node's person opened. A one-time token is exchanged for a session: a text for a cookie
 * that says until when it counts and is signed with a key among the node's secrets, so that an open page finds its
 * node again after a restart.
 */
export interface PageSessions {
  mint(): PageToken;
  /** The session for a token, which is used up; `null` if it is unknown, used or expired. */
  exchange(token: string): Promise<string | null>;
  isValid(session: string): Promise<boolean>;
}

export function createPageSessions(clock: Clock, secrets: Secrets): PageSessions {
  const waiting = new Map<string, { readonly until: number; readonly use: () => void }>();
  const keys = createSigningKeys(secrets);
  const sign = (until: string, key: string): string =>
    `${until}.${createHmac('sha256', key).update(until).digest('base64url')}`;

  return {
    mint() {
      const [oldest] = waiting.keys();
      if (oldest !== undefined && waiting.size >= maxWaitingTokens) waiting.delete(oldest);
      const token = createToken();
      const used = new Promise<void>((use) => {
        waiting.set(token, { until: clock.now() + pageTokenLifeMs, use });
      });
      return { token, used };
    },
    async exchange(token) {
      const entry = waiting.get(token);
      waiting.delete(token);
      if (!entry || clock.now() > entry.until) return null;
      const session = sign(String(clock.now() + sessionLifeMs), await keys.present());
      entry.use();
      return session;
    },
    async isValid(session) {
      const until = /^(\d{10,16})\.[\w-]{43}$/.exec(session)?.[1];
      if (until === undefined || clock.now() > Number(until)) return false;
      const accepted = await keys.accepted();
      return accepted.some((key) => isSameToken(session, sign(until, key)));
    },
  };
}

/** The key that signs sessions, and every key whose sessions count. */
interface SigningKeys {
  present(): Promise<string>;
  accepted(): Promise<readonly string[]>;
}

/**
 * While the secrets are locked a key that lasts as long as this process takes the place of the kept one. Pages that came
 * in meanwhile stay signed in when the secrets are unlocked.
 */
function createSigningKeys(secrets: Secrets): SigningKeys {
  let kept: Promise<string> | null = null;
  let standIn: string | null = null;
  const present = async (): Promise<string> => {
    try {
      kept ??= readOrMakeKey(secrets);
      return await kept;
    } catch (error) {
      kept = null;
      if (!isLocked(error)) throw error;
      standIn ??= randomBytes(32).toString('base64url');
      return standIn;
    }
  };
  return {
    present,
    accepted: async () => {
      const key = await present();
      return standIn === null || standIn === key ? [key] : [key, standIn];
    },
  };
}

async function readOrMakeKey(secrets: Secrets): Promise<string> {
  const kept = await secrets.read(secretName);
  if (kept !== null) return kept;
  const made = randomBytes(32).toString('base64url');
  await secrets.write(secretName, made);
  return made;
}
