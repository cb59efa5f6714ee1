import type { Citation } from '../protocol/ports/answers.ts';
import { findQuotations, type Quotation } from './quotations.ts';

/**
 * A text that the agent was shown by its tools, and that a quotation may come from. Lines are counted from 1; of a file of
 * a collection there is a stretch that begins with `firstLine`, and stands on one page where it is of a document with
 * pages. An answer refers to an attachment or a file by its name and to a message by `message <id>`.
 */
export type CitationSource =
  | { readonly kind: 'attachment'; readonly attachmentId: string; readonly name: string; readonly text: string }
  | { readonly kind: 'message'; readonly conversationId: string; readonly messageId: string; readonly text: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly name: string;
      readonly firstLine: number;
      readonly page: number | null;
      readonly text: string;
    };

/** Most quotations of one answer that are compared. */
const maxCitations = 100;

/** Longest quotation and label that a Citation carries, in characters. */
const maxQuotationChars = 2000;
const maxLabelChars = 300;

/** Fewest characters of a message's id that stand for the whole, if only one message begins or ends so. */
const minIdChars = 6;

/** How a source is referred to: what the tools show to the model and its answers repeat. */
export function citationLabel(source: CitationSource): string {
  return source.kind === 'message' ? `message ${source.messageId}` : source.name;
}

/**
 * Finds the quotations of an answer and compares each with the lines it names. White space, the shape of quotation
 * marks and of dashes and Unicode's composition are not compared; everything else is, letter by letter. A source that
 * is not among `sources` is kept as unknown. Never throws; at most 100 citations.
 *
 * @param markdown the answer; the form of quotations is described at `findQuotations`
 * @param sources what the tools returned in this answer, whole texts
 */
export function findCitations(markdown: string, sources: readonly CitationSource[]): readonly Citation[] {
  const texts = sources.map((source) => ({
    source,
    lines: linesOf(source.text),
    firstLine: source.kind === 'file' ? source.firstLine : 1,
    plainLines: new Map(),
  }));
  return withoutRepeats(findQuotations(markdown, maxCitations).map((quotation) => compare(quotation, texts)));
}

/** A source with its lines; a line is made plain when it is first compared. */
interface SourceText {
  readonly source: CitationSource;
  readonly lines: readonly string[];
  readonly firstLine: number;
  readonly plainLines: Map<number, string>;
}

const compare = (quotation: Quotation, texts: readonly SourceText[]): Citation => {
  const named = quotation.firstLine < 1 ? [] : textsNamed(quotation.label, texts);
  for (const text of named) {
    const range = rangeIn(text, quotation);
    const words = range && quotation.candidates.find((candidate) => isInLines(candidate, range, text));
    if (words)
      return cite(words, reference(text.source, quotation.isPages ? lineOf(words, text) : quotation.firstLine), true);
  }
  const unknown = {
    kind: 'unknown',
    label: `${quotation.label}${quotation.isPages ? ', page ' : ':'}${quotation.firstLine}`.slice(0, maxLabelChars),
  } as const;
  return cite(quotation.candidates.at(-1) ?? '', claimed(quotation, named) ?? unknown, false);
};

/** Where an answer says that words stand which do not stand there; `null` where no source is named so. */
const claimed = (quotation: Quotation, named: readonly SourceText[]): Citation['source'] | null => {
  const near = named.find((text) => rangeIn(text, quotation) !== null) ?? named[0];
  if (near === undefined) return null;
  if (!quotation.isPages) return reference(near.source, quotation.firstLine);
  const source = reference(near.source, near.firstLine);
  return source.kind === 'file' ? { ...source, page: quotation.firstLine } : source;
};

/** The lines of a source that a quotation names; `null` where none of them is in it. */
const rangeIn = (text: SourceText, { firstLine, lastLine, isPages }: Quotation): Lines | null => {
  const lastOfText = text.firstLine + text.lines.length - 1;
  if (!isPages) return firstLine <= lastOfText && lastLine >= text.firstLine ? { firstLine, lastLine } : null;
  const page = text.source.kind === 'file' ? text.source.page : null;
  const isNamed = page !== null && page >= firstLine && page <= lastLine;
  return isNamed ? { firstLine: text.firstLine, lastLine: lastOfText } : null;
};

/** The line that words begin in which stand in the source. */
const lineOf = (words: string, text: SourceText): number => {
  const lastLine = text.firstLine + text.lines.length - 1;
  let line = text.firstLine;
  while (line < lastLine && isInLines(words, { firstLine: line + 1, lastLine }, text)) line += 1;
  return line;
};

const cite = (words: string, source: Citation['source'], isFound: boolean): Citation => ({
  quotation: words.slice(0, maxQuotationChars),
  source,
  isFound,
});

const reference = (source: CitationSource, line: number): Citation['source'] => {
  switch (source.kind) {
    case 'attachment':
      return { kind: 'attachment', attachmentId: source.attachmentId, name: source.name.slice(0, maxLabelChars), line };
    case 'message':
      return { kind: 'message', conversationId: source.conversationId, messageId: source.messageId, line };
    case 'file': {
      const { path, name, firstLine, page, text } = source;
      const isInside = line >= firstLine && line < firstLine + linesOf(text).length;
      const onPage = page !== null && isInside ? { page } : {};
      return { kind: 'file', path, name: name.slice(0, maxLabelChars), line, ...onPage };
    }
  }
};

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\r|\n/);

const textsNamed = (label: string, texts: readonly SourceText[]): readonly SourceText[] => {
  const wanted = plain(label).toLowerCase();
  const exact = texts.filter(({ source }) => plain(citationLabel(source)).toLowerCase() === wanted);
  if (exact.length > 0) return exact;
  const byFile = texts.filter(({ source }) => source.kind === 'file' && isEndOfPath(source.name, wanted));
  if (byFile.length > 0) return new Set(byFile.map(({ source }) => citationLabel(source))).size === 1 ? byFile : [];
  const id = /^(?:message )?([0-9a-z]{1,26})$/.exec(wanted)?.[1] ?? '';
  if (id.length < minIdChars) return [];
  const byId = texts.filter(({ source }) => source.kind === 'message' && isPartOfId(source.messageId, id));
  return new Set(byId.map(({ source }) => citationLabel(source))).size === 1 ? byId : [];
};

/** A file's name without all of its folders. @param end lower case */
const isEndOfPath = (name: string, end: string): boolean => plain(name).toLowerCase().endsWith(`/${end}`);

/** @param part lower case */
const isPartOfId = (messageId: string, part: string): boolean =>
  messageId.toLowerCase().startsWith(part) || messageId.toLowerCase().endsWith(part);

type Lines = Pick<Quotation, 'firstLine' | 'lastLine'>;

const isInLines = (candidate: string, { firstLine, lastLine }: Lines, text: SourceText): boolean => {
  const words = plain(candidate);
  const from = Math.max(0, firstLine - text.firstLine);
  const to = lastLine - text.firstLine + 1;
  const named = to < 1 ? [] : text.lines.slice(from, to).map((_, index) => plainLine(text, from + index));
  return (
    words !== '' &&
    named
      .filter((line) => line !== '')
      .join(' ')
      .includes(words)
  );
};

const plainLine = (text: SourceText, index: number): string => {
  const known = text.plainLines.get(index) ?? plain(text.lines[index] ?? '');
  text.plainLines.set(index, known);
  return known;
};

/** Text as it is compared: composed, one kind of quotation mark and dash, single spaces. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[‘’‚‛“”„‟«»‹›"'`´]/g, '"')
    .replace(/[‐‑‒–—―]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();

const withoutRepeats = (citations: readonly Citation[]): readonly Citation[] => {
  const seen = new Map(citations.map((citation) => [JSON.stringify(citation), citation]));
  return [...seen.values()];
};
