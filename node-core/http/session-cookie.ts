import { sessionLifeMs } from './page-sessions.ts';

/** Cookies do not know ports: two nodes of one machine need two names. */
const cookieName = (port: number): string => `nunba-session-${port}`;

/** `Set-Cookie` of a page's session: not for scripts, not for other sites. */
export function sessionCookie(session: string, port: number): string {
  const seconds = Math.floor(sessionLifeMs / 1000);
  return `${cookieName(port)}=${session}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict`;
}

/** The session in a `Cookie` header, or `null`. */
export function sessionOf(header: string | undefined, port: number): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === cookieName(port) && value) return value;
  }
  return null;
}
