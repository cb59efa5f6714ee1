const sentenceEnd = /[.!?。！？…][)"'”’»\]]*(?=\s)|\n/g;

/**
 * How far `text` consists of whole sentences, in UTF-16 units. The last sentence of a text that still grows ends only
 * when something stands behind it.
 */
export function finishedLength(text: string, isComplete: boolean): number {
  if (isComplete) return text.length;
  let end = 0;
  for (const match of text.matchAll(sentenceEnd)) end = match.index + match[0].length;
  return end;
}

/** Markdown as it is read aloud: without the marks, code named but not read. */
export function spokenText(markdown: string): string {
  return markdown
    .replace(/```[^\n]*\n[\s\S]*?(```|$)/g, ' (code) ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replace(/[*_`~]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
