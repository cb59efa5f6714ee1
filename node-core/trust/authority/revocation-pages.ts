import { createHash } from 'node:crypto';
import { canonicalBytes } from '../../protocol/trust/canonical.ts';
import { publicKeySchema } from '../../protocol/trust/key-text.ts';
import type { RevocationPage } from '../../protocol/trust/revocation-list.ts';
import type { RevocationBook } from '../verification/revocation-book.ts';
import { jsonOf, refusalReply, refuse } from './desk-reply.ts';
import type { HiveReply } from './hive-reply.ts';

/** Most pages that are kept ready; a hive of 300 issuers has as many. */
const mostKept = 16;

interface KeptPage {
  readonly page: RevocationPage;
  readonly reply: HiveReply;
  readonly tag: string;
}

/**
 * Answers `GET /revocations?after=`. An answer is made once and kept for as long as the book shows the same lists there:
 * the canonical form of 4,000 entries takes 50 ms, and every member asks twice a minute.
 */
export function createRevocationPages(
  revocations: Pick<RevocationBook, 'page'>,
): (after: string | null, etag: string | null) => HiveReply {
  const kept = new Map<string | null, KeptPage>();
  const pageOf = (after: string | null): KeptPage => {
    const page = revocations.page(after);
    const known = kept.get(after);
    if (known && isSame(known.page, page)) return known;
    const tag = `"${createHash('sha256').update(canonicalBytes(page)).digest('base64url')}"`;
    const made = { page, tag, reply: { status: 200, body: jsonOf(page), etag: tag } };
    // Whoever asks for pages that nobody needs pushes out others, and that is all.
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= mostKept && !kept.has(after)) kept.delete(oldest);
    kept.set(after, made);
    return made;
  };
  return (after, etag) => {
    if (after !== null && !publicKeySchema.safeParse(after).success) return refusalReply(refuse('malformed'));
    const { reply, tag } = pageOf(after);
    return tag === etag ? { status: 304, body: null, etag: tag } : reply;
  };
}

/** The book keeps a list as one object until another takes its place. */
const isSame = (a: RevocationPage, b: RevocationPage): boolean =>
  a.next === b.next && a.lists.length === b.lists.length && a.lists.every((list, at) => list === b.lists[at]);
