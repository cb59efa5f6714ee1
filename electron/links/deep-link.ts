import { agentIdSchema } from '../../node-core/api/ids.ts';
import type { ShellNotice } from '../../node-core/api/shell-views.ts';
import { readJoinLink } from '../../node-core/protocol/trust/join-link.ts';
import { hasHiddenCharacters } from './hidden-characters.ts';

/** Why an address does nothing. */
export type LinkRefusal = Extract<ShellNotice, { kind: 'link-refused' }>['reason'];

/** What an address asks for. */
export type DeepLink =
  /** A new chat with this text in its composer; `''`: none. `null`: the link names no agent. */
  | { readonly kind: 'new'; readonly agentId: string | null; readonly text: string }
  /** An invitation to a hive, as it is written. The person reviews it; it never joins by itself. */
  | { readonly kind: 'join'; readonly link: string }
  | { readonly kind: 'refused'; readonly reason: LinkRefusal };

/** Longest address that is read at all; bytes of UTF-8. Documented in `resources/help/links.md`. */
export const mostLinkBytes = 2_048;

/** What RFC 3986 allows in authority, path and query; no fragment, nothing beyond ASCII. */
const address = /^nunba:\/\/([\w.~!$&'()*+,;=:@/%-]*)(?:\?([\w.~!$&'()*+,;=:@/?%-]*))?$/;

/**
 * Reads `nunba://new?agent=<id>&text=<text>`, and `nunba://join?...` as `readJoinLink` knows it. Values are
 * percent-encoded UTF-8, `+` is a space; both fields of a chat may be empty or missing. Written out here instead of using `URL`, which repairs what ought to be refused. Never throws.
 */
export function readDeepLink(text: string): DeepLink {
  // A character is at least one byte; the cheap comparison keeps a huge text from being encoded.
  if (text.length > mostLinkBytes || new TextEncoder().encode(text).length > mostLinkBytes) return refused('too-long');
  const [whole, target = '', query = ''] = address.exec(text) ?? [];
  if (whole !== text) return refused('not-a-link');
  // Windows adds a slash after what it takes for a host.
  switch (target.replace(/\/$/, '')) {
    case 'new':
      return readNew(query);
    case 'join':
      return readJoin(text, query);
    default:
      return refused('unknown-action');
  }
}

function readNew(query: string): DeepLink {
  const fields = readFields(query);
  if (!fields) return refused('unknown-field');
  const agent = fields.get('agent') ?? '';
  if (agent !== '' && !agentIdSchema.safeParse(agent).success) return refused('bad-agent');
  const text = decode(fields.get('text') ?? '');
  if (text === null || hasHiddenCharacters(text)) return refused('bad-text');
  return { kind: 'new', agentId: agent || null, text };
}

/**
 * What anybody can put before the person must read in one way only, and show what it says: nothing encoded that need
 * not be, nothing that cannot be seen, and no markup.
 */
function readJoin(text: string, query: string): DeepLink {
  const reading = readJoinLink(text);
  const isPlain = query.split('&').every((pair) => /^[\w-]+=/.test(pair) && decode(pair) !== null);
  if (reading.kind === 'refused' || !isPlain) return refused('bad-join');
  const name = reading.link.name ?? '';
  return hasHiddenCharacters(name) || /[<>]/.test(name) ? refused('bad-join') : { kind: 'join', link: text };
}

/** The fields as they are written, or `null` where one is unknown, is there twice, or is none. */
function readFields(query: string): ReadonlyMap<string, string> | null {
  const fields = new Map<string, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [, name = '', value = ''] = /^(agent|text)=(.*)$/.exec(pair) ?? [];
    if (name === '' || fields.has(name)) return null;
    fields.set(name, value);
  }
  return fields;
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

const refused = (reason: LinkRefusal): DeepLink => ({ kind: 'refused', reason });
