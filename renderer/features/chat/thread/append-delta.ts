import type { MessagePart, MessageView, ThreadItem } from '../../../../node-core/api/conversation-views.ts';

type Delta = Extract<ThreadItem, { kind: 'delta' }>;

/** What a delta makes of a message: the longer message, `same` if it was known already, `gap` if text is missing. */
export type Appended = { readonly kind: 'longer'; readonly message: MessageView } | { readonly kind: 'same' | 'gap' };

/**
 * Appends a delta to its part. Offsets count UTF-16 units, so a delta that overlaps what is there (after a page was
 * loaded in the middle of a stream) adds only what is new.
 */
export function appendDelta(message: MessageView, delta: Delta): Appended {
  if (message.role !== 'assistant') return { kind: 'gap' };
  const part = message.parts[delta.part];
  if (!part || (part.kind !== 'text' && part.kind !== 'reasoning')) return { kind: 'gap' };
  const known = part.text.length;
  if (delta.offset > known) return { kind: 'gap' };
  const fresh = delta.text.slice(known - delta.offset);
  if (fresh === '') return { kind: 'same' };
  const longer: MessagePart = { ...part, text: part.text + fresh };
  return { kind: 'longer', message: { ...message, parts: message.parts.with(delta.part, longer) } };
}
