import { readJoinLink } from '../../../node-core/protocol/trust/join-link.ts';

/** A link to join by, or the page of one, wherever it stands. */
const link = /(?:nunba:\/\/join\/?\?|https?:\/\/[^\s/]+\/join#)[^\s<>"“”]+/;

/** The link to join by that a text is or holds, as a message with an invitation does; `null`: there is none. */
export function linkInText(text: string): string | null {
  const found = link.exec(text)?.[0] ?? '';
  return readJoinLink(found).kind === 'link' ? found : null;
}
