import type { ChecklistView } from '../../../../node-core/api/conversation-views.ts';
import { limits } from '../../../../node-core/api/conversation-views.ts';

/** One step of a plan. */
export type ChecklistItem = ChecklistView['items'][number];
type Items = readonly ChecklistItem[];

/** Ticks or unticks. */
export function withDone(items: Items, id: string, isDone: boolean): Items {
  return items.map((item) => (item.id === id ? { ...item, isDone } : item));
}

/** Rewords; an empty text removes the item. */
export function withText(items: Items, id: string, text: string): Items {
  const trimmed = text.trim().slice(0, 1000);
  if (trimmed === '') return withoutItem(items, id);
  return items.map((item) => (item.id === id ? { ...item, text: trimmed } : item));
}

/** Adds one at the end; nothing to add or no room leaves the items as they are. */
export function withItem(items: Items, id: string, text: string): Items {
  const trimmed = text.trim().slice(0, 1000);
  if (trimmed === '' || items.length >= limits.checklistItems) return items;
  return [...items, { id, text: trimmed, isDone: false }];
}

export function withoutItem(items: Items, id: string): Items {
  return items.filter((item) => item.id !== id);
}

/** Moves an item to another place, counted in the list without it; out of range means the nearest end. */
export function withMoved(items: Items, id: string, to: number): Items {
  const item = items.find((candidate) => candidate.id === id);
  if (!item) return items;
  const rest = withoutItem(items, id);
  const place = Math.max(0, Math.min(rest.length, to));
  return [...rest.slice(0, place), item, ...rest.slice(place)];
}

export function doneCount(items: Items): number {
  return items.filter(({ isDone }) => isDone).length;
}
