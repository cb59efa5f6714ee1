import { proseLines } from './prose-lines.ts';

/** A passage of an answer that claims to be somebody's words, and where it claims to stand. */
export interface Quotation {
  /**
   * What the quoted words may be, longest first: where quotation marks stand inside quotation marks, only the source
   * can tell. Never empty.
   */
  readonly candidates: readonly string[];
  /** Name of a file, or `message <id>`. */
  readonly label: string;
  /** Counted from 1, as the answer says; may be 0 or beyond the end. */
  readonly firstLine: number;
  /** At least `firstLine`, at most 49 more. */
  readonly lastLine: number;
  /** These are numbers of pages. */
  readonly isPages: boolean;
}

interface Reference extends Pick<Quotation, 'label' | 'firstLine' | 'lastLine' | 'isPages'> {
  /** Where it stands in its line: `[` and behind `]`. */
  readonly start: number;
  readonly end: number;
}

const maxReferenceChars = 330;
const maxRangeLines = 50;
const maxBlockLines = 50;
const maxCandidates = 8;

const opening = '"“„”«»‹›‘‚\'`';
const closing = '"”“»«›‹’‘\'`';

/** `name:12`, `name:12-14`, `name:L12`, `name#L12`, `name, line 12`, `name lines 12 to 14`. */
const labelled =
  /^(.*?)(?:\s*[:#]\s*(?:lines?|l)?|\s*,?\s+lines?)\s*(\d{1,7})(?:\s*(?:[-–—]|to)\s*(?:lines?|l)?\s*(\d{1,7}))?$/i;

/** `name, page 3`, `name, pages 3-4`, `name p. 3`, `name:page 3`. */
const paged = /^(.*?)(?:\s*[,:#]\s*|\s+)(?:pages?|pp?\.)\s*(\d{1,7})(?:\s*(?:[-–—]|to)\s*(\d{1,7}))?$/i;

/** What may stand between the name and the line: the page as well. */
const pageBeforeLine = /,\s*(?:page|p\.)\s*\d{1,7},?$/i;

/**
 * The quotations of a markdown answer, in their order, code fences passed over. Two forms are read, with or without
 * quotation marks in the first; `[...]` is `[file name:line]`, `[file name:first-last]`, `[file name, page 3]` or
 * `[message <id>:line]`:
 *
 *     > the words as they stand there [lease.txt:14]
 *
 *     It says “the words as they stand there” [lease.txt:14].
 *
 * The reference of a block may also stand on the line below it. Never throws.
 */
export function findQuotations(markdown: string, most: number): readonly Quotation[] {
  const found: Quotation[] = [];
  let block: string[] = [];
  for (const line of proseLines(markdown)) {
    if (found.length >= most) break;
    const inner = /^\s{0,12}(?:[-*+]\s+)?>(?:\s*>)*(.*)$/.exec(line)?.[1];
    if (inner !== undefined) {
      block = [...block, inner.trim()].slice(-maxBlockLines);
      const quotations = readBlock(block);
      if (quotations.length > 0) block = [];
      found.push(...quotations);
    } else if (line.trim() !== '') {
      found.push(...readBelow(block, line), ...readInline(line));
      block = [];
    }
  }
  return found.slice(0, most);
}

/** The block so far, if its last line ends with a reference. */
const readBlock = (block: readonly string[]): readonly Quotation[] => {
  const last = block.at(-1) ?? '';
  const references = findReferences(last);
  const reference = references.at(-1);
  if (!reference || !/^[\s.,;:)]*$/.test(last.slice(reference.end))) return [];
  const inline = readInline(last);
  if (inline.length > 1 || (inline.length === 1 && references.length > 1)) return inline;
  const words = [...block.slice(0, -1), last.slice(0, reference.start)].join(' ');
  return quotation([withoutAttribution(words)], reference);
};

/** A block whose reference stands on the line below it. */
const readBelow = (block: readonly string[], line: string): readonly Quotation[] => {
  const reference = findReferences(line)[0];
  const isBelow = block.length > 0 && reference !== undefined && /^[\s—–*(-]*$/.test(line.slice(0, reference.start));
  return isBelow ? quotation([block.join(' ')], reference) : [];
};

/** Words in quotation marks with a reference right behind them. */
const readInline = (line: string): readonly Quotation[] => {
  let from = 0;
  return findReferences(line).flatMap((reference) => {
    const before = withoutTail(line.slice(from, reference.start), /[\s,.;:(—–-]/);
    from = reference.end;
    if (before.length < 3 || !closing.includes(before.at(-1) ?? ' ')) return [];
    return quotation(candidatesOf(before), reference);
  });
};

/** What stands between the last mark and each mark before it, longest first; the pair that is nearest always counts. */
const candidatesOf = (before: string): readonly string[] => {
  const starts: number[] = [];
  for (let at = before.length - 2; at >= 0; at -= 1) {
    if (opening.includes(before[at] ?? ' ') && !isApostrophe(before, at)) starts.push(at + 1);
  }
  const far = starts.slice(1).reverse().slice(0, maxCandidates);
  return [...far, ...starts.slice(0, 1)].map((start) => before.slice(start, -1));
};

const isApostrophe = (text: string, at: number): boolean =>
  /['‘]/.test(text[at] ?? '') && /\w/.test(text[at - 1] ?? '') && /\w/.test(text[at + 1] ?? '');

const quotation = (
  candidates: readonly string[],
  { label, firstLine, lastLine, isPages }: Reference,
): readonly Quotation[] => {
  const words = candidates.map(withoutOuterMarks).filter((text) => /[\p{L}\p{N}\p{S}\p{P}]/u.test(text));
  return words.length === 0 ? [] : [{ candidates: words, label, firstLine, lastLine, isPages }];
};

/** A dash between the words of a block and its reference belongs to neither. */
const withoutAttribution = (text: string): string => {
  const words = text.trimEnd();
  return /\s[—–-]$/.test(words.slice(-2)) ? words.slice(0, -1) : words;
};

/** Drops the characters at the end that match. A loop, because such an expression takes the square of the length. */
const withoutTail = (text: string, character: RegExp): string => {
  let end = text.length;
  while (end > 0 && character.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
};

const withoutOuterMarks = (text: string): string => {
  const words = text.trim();
  const isMarked = words.length > 2 && opening.includes(words[0] ?? ' ') && closing.includes(words.at(-1) ?? ' ');
  return isMarked ? words.slice(1, -1).trim() : words;
};

/** Every `[name:line]` of a line. Brackets inside a name are balanced (`[report[1].txt:3]`). */
const findReferences = (line: string): readonly Reference[] => {
  const references: Reference[] = [];
  let at = line.indexOf('[');
  while (at !== -1) {
    const reference = readReference(line, at);
    if (reference) references.push(reference);
    at = line.indexOf('[', reference ? reference.end : at + 1);
  }
  return references;
};

const readReference = (line: string, start: number): Reference | null => {
  const end = closingBracket(line, start);
  if (end === -1) return null;
  const inner = line
    .slice(start + 1, end)
    .replace(/\s+/g, ' ')
    .trim();
  const page = paged.exec(inner);
  const match = page ?? labelled.exec(inner);
  const named = match?.[1]?.replace(page ? '' : pageBeforeLine, '');
  const label = named?.replace(/^[`*"“]+|[`*"”]+$/g, '').trim();
  if (!match || !label) return null;
  const firstLine = Number(match[2]);
  const lastLine = Math.min(Math.max(Number(match[3] ?? firstLine), firstLine), firstLine + maxRangeLines - 1);
  return { label, firstLine, lastLine, isPages: page !== null, start, end: end + 1 };
};

const closingBracket = (line: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < Math.min(line.length, start + maxReferenceChars); at += 1) {
    if (line[at] === '[') depth += 1;
    if (line[at] === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
};
