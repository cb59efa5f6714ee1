import type { LinkedChat } from '../../../../node-core/api/shell-views.ts';
import type { Draft, LinkedPart } from './draft-store.ts';

/**
 * Adds what a link brought: below what is written, which is kept as it is. Where an earlier link is still named, one part
 * covers both. Its text is both together where nothing of the person's own stands between them, and else none, because
 * taking out the later one alone would hide where the earlier one came from.
 */
export function withLinked(draft: Draft, linked: LinkedChat): Draft {
  if (draft.linked?.id === linked.id) return draft;
  const isBelow = draft.text.trim() !== '' && linked.text !== '';
  const text = isBelow ? `${draft.text.trimEnd()}\n\n${linked.text}` : linked.text || draft.text;
  const part = { ...linked, isBelow, areSeveral: false };
  const earlier = draft.linked;
  // An earlier text that was taken out by hand came from nowhere any more.
  if (!earlier || (earlier.text === '' && !earlier.areSeveral) || draft.text.trim() === '')
    return { ...draft, text, linked: part };
  return { ...draft, text, linked: { ...part, ...together(draft, earlier, part, text) } };
}

/** What one note says of an earlier linked part and a later one. */
function together(draft: Draft, earlier: LinkedPart, later: LinkedPart, text: string): Partial<LinkedPart> {
  if (later.text === '') {
    const { source, isBelow, areSeveral } = earlier;
    return { source, text: earlier.text, isBelow, areSeveral };
  }
  if (!canRemoveLinked(draft)) return { text: '', areSeveral: true };
  // From where the earlier text begins to the end, as it was joined.
  return { text: text.slice(draft.text.length - earlier.text.length), isBelow: earlier.isBelow, areSeveral: true };
}

/** Whether the linked text stands at the end as it came, so that it can be taken out again. */
export function canRemoveLinked({ text, linked }: Draft): boolean {
  return linked !== null && linked.text !== '' && text.endsWith(linked.text);
}

/** The draft without the linked text. */
export function withoutLinked(draft: Draft): Draft {
  const length = draft.linked?.text.length ?? 0;
  const text = canRemoveLinked(draft) ? draft.text.slice(0, -length).trimEnd() : draft.text;
  return { ...draft, text, linked: null };
}
