/** Longest title made of a message, in characters as people count them. */
const longest = 60;

/** Marks that begin a line of Markdown and say nothing in a title. */
const leadingMarks = /^(?:#{1,6}|>|[-*+]|\d+[.)])\s+/;

/** A title made of the first message: its first words on one line, cut at a word; empty if it says nothing. */
export function titleFrom(text: string): string {
  const line = text
    .trim()
    .replace(leadingMarks, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const characters = [...line];
  if (characters.length <= longest) return line;
  const head = characters.slice(0, longest).join('');
  const lastSpace = characters[longest] === ' ' ? head.length : head.lastIndexOf(' ');
  return `${(lastSpace > longest / 3 ? head.slice(0, lastSpace) : head).trimEnd()}…`;
}
