/// <reference path="../../../unpdf.d.ts" />
import { getDocument, type Pdf } from 'unpdf/pdfjs';
import { DocumentLines } from './document-lines.ts';
import { type DocumentText, documentLimits } from './document-text.ts';

/**
 * The text of a PDF, page by page in the order in which it was written. Nothing that the file says is run and nothing is
 * fetched: neither scripts nor forms, fonts or tables of characters.
 */
export async function textOfPdf(bytes: Uint8Array): Promise<DocumentText> {
  const task = getDocument({
    data: bytes,
    verbosity: 0,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    enableXfa: false,
    maxImageSize: 1,
  });
  try {
    return await textOfPages(await task.promise);
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    return { kind: 'trouble', trouble: isLocked ? 'locked' : 'damaged' };
  } finally {
    await task.destroy();
  }
}

const textOfPages = async (pdf: Pdf): Promise<DocumentText> => {
  if (pdf.numPages > documentLimits.pages) return { kind: 'trouble', trouble: 'too-long' };
  const lines = new DocumentLines();
  let isAnyRead = false;
  for (let number = 1; number <= pdf.numPages && !lines.isTooLong(); number += 1) {
    const page = await linesOfPage(pdf, number);
    isAnyRead ||= page !== null;
    lines.beginPage();
    for (const line of withoutHyphens(page ?? [])) lines.add(line);
  }
  return isAnyRead ? lines.end() : { kind: 'trouble', trouble: 'damaged' };
};

/** The first half of a word that goes on in the next line, and words before which a hyphen stays: “up- and downstairs”. */
const brokenWord = /\p{L}[-\u00AD\u2010]$/u;
const goingOn = /^(?!(?:and|or|und|oder|et|ou|y|o|e)\s)\p{Ll}\S*/u;

/** A word that was broken at the end of a line is found as a whole: it stands there as one. */
function* withoutHyphens(lines: readonly string[]): Generator<string> {
  let rest = lines[0] ?? '';
  for (const next of lines.slice(1)) {
    const line = rest.trimEnd();
    const end = brokenWord.test(line) ? goingOn.exec(next)?.[0] : undefined;
    yield end === undefined ? line : line.slice(0, -1) + end;
    rest = end === undefined ? next : next.slice(end.length).trimStart();
  }
  if (rest !== '') yield rest;
}

/** `null`: the page is broken, which the others need not be. */
const linesOfPage = async (pdf: Pdf, number: number): Promise<readonly string[] | null> => {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    const lines = [''];
    for (const item of items) {
      if (!('str' in item)) continue;
      lines.push(`${lines.pop()}${item.str}`);
      if (item.hasEOL) lines.push('');
    }
    return lines;
  } catch {
    return null;
  }
};
