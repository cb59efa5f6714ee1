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
    for (const line of page ?? []) lines.add(line);
  }
  return isAnyRead ? lines.end() : { kind: 'trouble', trouble: 'damaged' };
};

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
