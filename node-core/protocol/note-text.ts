/** A line of a note with a box, such as `- [ ] Book the van`. */
export interface BoxLine {
  /** Counted from 0. */
  readonly line: number;
  readonly text: string;
  readonly isDone: boolean;
}

const box = /^(\s*(?:[-*+]|\d{1,4}[.)])\s+\[)([ xX])(\]\s+)(.*)$/;

/** The lines of a note that have a box, in order. Pure. */
export function boxLines(text: string): readonly BoxLine[] {
  return text.split('\n').flatMap((line, index) => {
    const found = box.exec(line);
    return found ? [{ line: index, text: (found[4] ?? '').trim(), isDone: found[2] !== ' ' }] : [];
  });
}

/** The text with the box of one line ticked or not; a line without a box stays. Pure. */
export function tickLine(text: string, line: number, isDone: boolean): string {
  return text
    .split('\n')
    .map((each, index) => (index === line ? each.replace(box, `$1${isDone ? 'x' : ' '}$3$4`) : each))
    .join('\n');
}

export type FoundBox =
  | { readonly kind: 'found'; readonly box: BoxLine }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly boxes: readonly BoxLine[] };

/** The box that words mean: the one with exactly this text, else the only one that holds it; case does not matter. Pure. */
export function findBox(text: string, words: string): FoundBox {
  const wanted = words.trim().toLowerCase();
  const all = boxLines(text);
  const exact = all.filter((each) => each.text.toLowerCase() === wanted);
  const holding = exact.length > 0 ? exact : all.filter((each) => each.text.toLowerCase().includes(wanted));
  const [first, ...more] = holding;
  if (!first) return { kind: 'none' };
  return more.length === 0 ? { kind: 'found', box: first } : { kind: 'several', boxes: holding };
}

/** The beginning of a text in one line, without marks of Markdown at the beginnings of lines. Pure. */
export function excerptOf(text: string, chars: number): string {
  const line = text
    .slice(0, chars * 4)
    .split('\n')
    .map((each) => each.replace(/^\s*(?:#{1,6}|>|(?:[-*+]|\d{1,4}[.)])(?:\s+\[[ xX]\])?)\s+/, '').trim())
    .filter((each) => each !== '')
    .join(' · ');
  return line.length > chars ? `${line.slice(0, chars - 1)}…` : line;
}
