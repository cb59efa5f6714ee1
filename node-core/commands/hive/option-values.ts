import { InvalidArgumentError } from 'commander';
import { type MemberTier, memberTiers } from '../../protocol/trust/certificate.ts';

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const longestSeconds = 30 * 86_400;
const mostUses = 1_000;

/** Seconds of `90s`, `30m`, `24h` or `7d`. @throws InvalidArgumentError, which is told as a usage error */
export function readDuration(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * (secondsPer[unit] ?? Number.NaN);
  if (seconds >= 60 && seconds <= longestSeconds) return seconds;
  throw new InvalidArgumentError('Give it as 30m, 24h or 7d; at least 1m, at most 30d.');
}

/** How often an invite can be used. */
export function readUses(text: string): number {
  const uses = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (uses >= 1 && uses <= mostUses) return uses;
  throw new InvalidArgumentError(`Give a whole number from 1 to ${mostUses}.`);
}

/** What an invited node becomes. */
export function readTier(text: string): MemberTier {
  const tier = memberTiers.find((each) => each === text);
  if (tier) return tier;
  throw new InvalidArgumentError(`Give ${memberTiers.join(' or ')}.`);
}

/** A public key, its beginning, or the id of a request. */
export function readKey(text: string): string {
  const key = text.trim().toLowerCase();
  if (/^[0-9a-f]{8,64}$/.test(key)) return key;
  throw new InvalidArgumentError('Give at least the first 8 of its digits (0-9, a-f).');
}

/** Why; not empty, as people read it later. */
export function readReason(text: string): string {
  const reason = text.trim();
  if (reason.length >= 1 && reason.length <= 200) return reason;
  throw new InvalidArgumentError('Give a reason of 1 to 200 characters.');
}
