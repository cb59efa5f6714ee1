import type { MessagePart } from '../../../../node-core/api/conversation-views.ts';

/** The answer itself as markdown: without reasoning, tools and citations. */
export function plainAnswer(parts: readonly MessagePart[]): string {
  return parts
    .filter((part) => part.kind === 'text')
    .map(({ text }) => text)
    .join('\n\n')
    .trim();
}
