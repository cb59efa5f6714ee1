import { z } from 'zod';

/** `2026-06-01T12:00:00+00:00`; readers take a fraction of up to six digits and `Z` as well (protocol.md, section 1). */
const shape = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(?:\+00:00|Z)$/;

/** The time of a certificate or message, as text of the wire. */
export const wireTimeSchema = z
  .string()
  .max(40)
  .refine((text) => readWireTime(text) !== null, 'it is not a time of the form 2026-06-01T12:00:00+00:00');

/**
 * Microseconds since the epoch, or `null` if the text is no time. Exact: it stays below 2^53 until the year 2255, and
 * what is later is no time either.
 */
export function readWireTime(text: string): number | null {
  const match = shape.exec(text);
  if (!match) return null;
  const [, seconds = '', fraction = ''] = match;
  const ms = Date.parse(`${seconds}Z`);
  // Date.parse takes 30 February for 2 March.
  if (!Number.isFinite(ms) || new Date(ms).toISOString().slice(0, 19) !== seconds) return null;
  const micros = ms * 1000 + Number(fraction.padEnd(6, '0'));
  return Number.isSafeInteger(micros) ? micros : null;
}

/** The text of a time, in whole seconds. @param ms since the epoch */
export function toWireTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}
