import { maskSecrets } from '../mask-secrets.ts';
import { maskHome } from './mask-home.ts';

/** A heading and what stands below it. */
export type DiagnosticsSection = readonly [title: string, body: string];

/** Long runs of letters and digits with no meaning to a reader: tokens that carry no mark of whose they are. */
const opaque = /\b(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{40,}/g;

/**
 * One text for a person to read, and to hand to somebody who helps them: no keys, no tokens, no chats, no name.
 * @param at ms since the epoch
 * @param home the person's home folder; absolute
 */
export function diagnosticsText(at: number, home: string, sections: readonly DiagnosticsSection[]): string {
  const text = [
    `Nunba: diagnostics of ${new Date(at).toISOString()}`,
    'Keys, tokens and chats are not in here, and ~ stands for your home folder. Read it before you hand it to anybody.',
    ...sections.map(([title, body]) => `\n== ${title} ==\n${body}`),
    '',
  ].join('\n');
  return maskHome(maskSecrets(text).replace(opaque, '***'), home);
}

/** Anything as JSON that a person can read. */
export const asJson = (value: unknown): string => JSON.stringify(value, null, 2);

/** Names and values, one on each line. */
export const asList = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n');
