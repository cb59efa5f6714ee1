import { readJoinLink } from '../../../node-core/protocol/trust/join-link.ts';

/** A link to join by, or the page of one, wherever it stands. */
const link = /(?:nunba:\/\/join\/?\?|https?:\/\/[^\s/]+\/join(?:\?[^\s#]*)?#)[^\s<>"“”]+/i;
/** What ends the sentence in which a link stands. */
const ending = /[.,;:!?'’»)\]}]+$/;

/** The link to join by that a text is or holds, as a message with an invitation does; `null`: there is none. */
export function linkInText(text: string): string | null {
  const whole = text.trim();
  const part = (link.exec(text)?.[0] ?? '').replace(ending, '');
  // A name may hold spaces, so that a whole message reads as a link as well; then the part that looks like one counts.
  const candidates = /\s/.test(whole) ? [part, whole] : [whole, part];
  return candidates.find((one) => readJoinLink(one).kind === 'link') ?? null;
}
