import type { Draft, LinkedPart } from './draft-store.ts';

/** What was not sent goes back, before what was typed since. */
export function givenBack(draft: Draft, unsent: Draft): Draft {
  const text = [unsent.text, draft.text].filter((piece) => piece.trim() !== '').join('\n\n');
  return { text, attachments: [...unsent.attachments, ...draft.attachments], linked: linkedOf(draft, unsent) };
}

/** What is said of where the text came from: of both parts, where a link brought something to both. */
function linkedOf(draft: Draft, unsent: Draft): LinkedPart | null {
  const earlier = unsent.linked;
  const later = draft.linked && { ...draft.linked, isBelow: draft.linked.isBelow || unsent.text.trim() !== '' };
  if (!later || !earlier) return later ?? earlier;
  if (!hasText(earlier)) return later;
  const { source, text, isBelow, areSeveral } = earlier;
  if (!hasText(later)) return { ...later, source, text, isBelow, areSeveral };
  // Something of the person's own may stand between the two, so neither is taken out by a button.
  return { ...later, text: '', isBelow, areSeveral: true };
}

const hasText = ({ text, areSeveral }: LinkedPart): boolean => text !== '' || areSeveral;
