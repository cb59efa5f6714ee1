import type { Certificate } from './certificate.ts';
import { readWireTime } from './wire-time.ts';

/**
 * When a certificate is renewed (protocol.md, section 3, Renewal): from half of its lifetime, a little earlier for
 * most, so that members who were issued together do not renew together. What fails is tried again after a minute,
 * doubling to an hour; near the end more often, so that a parent which answers one try in `retryDelayMs` is enough for
 * every lifetime.
 */

const minute = 60_000;
const hour = 60 * minute;

/** How much of the half lifetime the jitter takes away at most. */
const mostJitter = 0.1;
/** Of what remains, one try waits at most this part. */
const partOfRemaining = 8;

/** From when to when a certificate counts, ms since the epoch. */
export interface Lifetime {
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** The times of a certificate; its schema has seen to it that they are times. */
export function lifetimeOf(certificate: Pick<Certificate, 'issued_at' | 'expires_at'>): Lifetime {
  return { issuedAtMs: msOf(certificate.issued_at), expiresAtMs: msOf(certificate.expires_at) };
}

/** The jitter of a certificate, 0 <= x < 1: the same after each restart, another after each renewal. */
export const jitterOf = (serial: string): number => Number.parseInt(serial.slice(0, 8), 16) / 2 ** 32;

/** When it is due, ms since the epoch. @param jitter 0 <= x < 1 */
export function renewalDueAt({ issuedAtMs, expiresAtMs }: Lifetime, jitter: number): number {
  const half = (expiresAtMs - issuedAtMs) / 2;
  return issuedAtMs + Math.floor(half * (1 - mostJitter * jitter));
}

/** What a failed try is followed by. */
export interface FailedTry {
  /** Tries in a row that failed, this one among them; from 1. */
  readonly tries: number;
  /** Until the certificate ends, ms; negative: it has ended. */
  readonly remainingMs: number;
  /** What the issuer asked for (`Retry-After`), ms, or `null`. */
  readonly retryAfterMs: number | null;
  /** 0 <= x < 1 */
  readonly jitter: number;
}

/** How long to wait before the next try, ms: 54 s to 1 h. */
export function retryDelayMs({ tries, remainingMs, retryAfterMs, jitter }: FailedTry): number {
  const doubled = minute * 2 ** Math.min(Math.max(0, tries - 1), 10);
  const asked = Math.min(Math.max(doubled, retryAfterMs ?? 0), hour);
  const delay = remainingMs > 0 ? Math.min(asked, Math.max(minute, remainingMs / partOfRemaining)) : asked;
  return delay * (1 - mostJitter * jitter);
}

const msOf = (time: string): number => (readWireTime(time) ?? 0) / 1000;
