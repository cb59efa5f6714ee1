/** A stretch of a text, in UTF-16 units; `line` is the number of the line that it begins in, counted from 1. */
export interface Passage {
  readonly line: number;
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
}

const mostLines = 40;
const mostChars = 2000;
/** From here on a blank line ends a passage. */
const enoughChars = 1200;
const enoughLines = 24;

/**
 * Splits a text into passages of at most 40 lines and 2,000 characters, at line breaks and by preference at blank
 * lines. A longer line becomes passages of its own, cut at spaces and never within a character. Together they are the
 * whole text; those that hold no letter or digit are left out.
 * @param pages first lines of pages: no passage goes on to the next page
 */
export function splitPassages(text: string, pages: readonly number[] = []): readonly Passage[] {
  const pageStarts = new Set(pages);
  const passages: Passage[] = [];
  let open: { line: number; start: number } | null = null;
  const close = (end: number): void => {
    if (open !== null) add(passages, text, { ...open, end });
    open = null;
  };
  let line = 0;
  for (const { start, end } of lines(text)) {
    line += 1;
    if (pageStarts.has(line)) close(start);
    if (end - start > mostChars) {
      close(start);
      for (const piece of piecesOf(text, start, end)) add(passages, text, { line, ...piece });
      continue;
    }
    if (open !== null && isFull(open, { line, end })) close(start);
    open ??= { line, start };
    if (isEnough(open, line, end) && text.slice(start, end).trim() === '') close(end);
  }
  close(text.length);
  return passages;
}

/** The number of a text's lines as editors count them, and where each begins and ends, its break included. */
function* lines(text: string): Generator<{ readonly start: number; readonly end: number }> {
  const breaks = /\r\n|\r|\n/g;
  let start = 0;
  for (let found = breaks.exec(text); found; found = breaks.exec(text)) {
    yield { start, end: breaks.lastIndex };
    start = breaks.lastIndex;
  }
  if (start < text.length) yield { start, end: text.length };
}

interface Open {
  readonly line: number;
  readonly start: number;
}

const isFull = (open: Open, next: { readonly line: number; readonly end: number }): boolean =>
  next.line - open.line >= mostLines || next.end - open.start > mostChars;

const isEnough = (open: Open, line: number, end: number): boolean =>
  line - open.line + 1 >= enoughLines || end - open.start >= enoughChars;

const add = (passages: Passage[], text: string, passage: Passage): void => {
  if (/[\p{L}\p{N}]/u.test(text.slice(passage.start, passage.end))) passages.push(passage);
};

function* piecesOf(text: string, start: number, end: number): Generator<Omit<Passage, 'line'>> {
  let from = start;
  while (end - from > mostChars) {
    const to = cutAt(text, from);
    yield { start: from, end: to };
    from = to;
  }
  yield { start: from, end };
}

/** The last space in the second half of what fits, or where it must be, but not between two halves of a character. */
const cutAt = (text: string, from: number): number => {
  const most = from + mostChars;
  const space = text.lastIndexOf(' ', most - 1);
  if (space >= from + mostChars / 2) return space + 1;
  return /[\uDC00-\uDFFF]/.test(text[most] ?? '') ? most - 1 : most;
};
