import type { ConversationView } from '../../../node-core/api/conversation-views.ts';

/** A heading of the sidebar. `month` is the first day of that month. */
export type GroupName =
  | { readonly kind: 'pinned' | 'today' | 'yesterday' | 'last-7-days' }
  | { readonly kind: 'month'; readonly month: Date };

export interface ConversationGroup {
  readonly key: string;
  readonly name: GroupName;
  readonly conversations: readonly ConversationView[];
}

const startOfDay = (time: Date, daysBefore = 0): Date =>
  new Date(time.getFullYear(), time.getMonth(), time.getDate() - daysBefore);

function groupOf(conversation: ConversationView, now: Date): GroupName {
  if (conversation.isPinned) return { kind: 'pinned' };
  const at = new Date(conversation.updatedAt);
  if (at >= startOfDay(now)) return { kind: 'today' };
  if (at >= startOfDay(now, 1)) return { kind: 'yesterday' };
  if (at >= startOfDay(now, 7)) return { kind: 'last-7-days' };
  return { kind: 'month', month: new Date(at.getFullYear(), at.getMonth(), 1) };
}

const keyOf = (name: GroupName): string =>
  name.kind === 'month' ? `${name.month.getFullYear()}-${name.month.getMonth() + 1}` : name.kind;

/**
 * Conversations under their headings, in the person's time zone: pinned first, then by the day of the last change.
 * @param conversations newest change first
 */
export function groupConversations(
  conversations: readonly ConversationView[],
  now: Date,
): readonly ConversationGroup[] {
  const groups = new Map<string, { name: GroupName; conversations: ConversationView[] }>();
  for (const conversation of conversations) {
    const name = groupOf(conversation, now);
    const group = groups.get(keyOf(name)) ?? { name, conversations: [] };
    group.conversations.push(conversation);
    groups.set(keyOf(name), group);
  }
  const listed = [...groups].map(([key, group]) => ({ key, ...group }));
  return [...listed.filter(({ key }) => key === 'pinned'), ...listed.filter(({ key }) => key !== 'pinned')];
}
