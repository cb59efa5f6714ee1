import type { LinkedChat } from '../../../../node-core/api/shell-views.ts';
import type { Draft } from './draft-store.ts';

/** Adds what a link brought: below what the person has written, which is kept as it is. */
export function withLinked(draft: Draft, linked: LinkedChat): Draft {
  if (draft.linked?.id === linked.id) return draft;
  const isBelow = draft.text.trim() !== '' && linked.text !== '';
  const text = isBelow ? `${draft.text.trimEnd()}\n\n${linked.text}` : linked.text || draft.text;
  return { ...draft, text, linked: { ...linked, isBelow } };
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
