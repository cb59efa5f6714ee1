import type { ParameterType } from './recipe.ts';

/** A piece of what the person wrote that may be another one next time. */
export interface FoundValue {
  readonly type: ParameterType;
  readonly value: string;
}

/** Kinds of values, the surer first: a date holds numbers, a path may hold a date. Group 1 is the value. */
const patterns: readonly { readonly type: ParameterType; readonly pattern: RegExp }[] = [
  { type: 'text', pattern: /["“„«]([^"“”„«»\n]{1,300})["”“»]/g },
  { type: 'text', pattern: /`([^`\n]{1,300})`/g },
  { type: 'text', pattern: /(?<![\w])'([^'\n]{2,300})'(?![\w])/g },
  { type: 'text', pattern: /\b(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])/g },
  { type: 'path', pattern: /(?<![\w./:])((?:~|\.{1,2})?\/[^\s"'`,;:!?]*[^\s"'`,;:!?.)])/g },
  { type: 'path', pattern: /(?<!\w)([A-Za-z]:\\[^\s"'`,;!?]*[^\s"'`,;!?.)])/g },
  { type: 'date', pattern: /(?<![\d-])(\d{4}-\d{1,2}-\d{1,2})(?![\d-])/g },
  { type: 'date', pattern: /(?<![\d.])(\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}))(?!\d)/g },
  { type: 'date', pattern: /(?<![\d/])(\d{1,2}\/\d{1,2}\/(?:\d{4}|\d{2}))(?![\d/])/g },
  { type: 'number', pattern: /(?<![\w.,/-])(-?\d+(?:\.\d+)?)(?![\w/]|[.,-]\d)/g },
];

/** Paths, dates, numbers, addresses and quoted words of a text, each once; what lies within a surer one is left out. Pure. */
export function findValues(text: string): readonly FoundValue[] {
  const taken: { readonly from: number; readonly to: number }[] = [];
  const found = new Map<string, FoundValue>();
  for (const { type, pattern } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      const from = match.index;
      const to = from + match[0].length;
      if (taken.some((span) => from < span.to && span.from < to)) continue;
      taken.push({ from, to });
      if (!found.has(value)) found.set(value, { type: typeOf(type, value), value });
    }
  }
  return [...found.values()];
}

/** Quoted words may be a path or a date themselves. */
function typeOf(type: ParameterType, value: string): ParameterType {
  if (type !== 'text') return type;
  if (/^(?:~?\/|[A-Za-z]:\\)/.test(value)) return 'path';
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? 'date' : 'text';
}
