import { storedZip } from './stored-zip.ts';

/** The parts of a Word document (ISO/IEC 29500-1) of paragraphs, which may hold markup. */
export function docxParts(paragraphs: readonly string[]): Readonly<Record<string, string>> {
  const body = paragraphs.map((inner) => `<w:p>${inner}</w:p>`).join('');
  return {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'word/document.xml': wordPart('document', `<w:body>${body}</w:body>`),
  };
}

/** A part of a Word document. */
export function wordPart(name: string, inner: string): string {
  const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<w:${name} xmlns:w="${namespace}">${inner}</w:${name}>`;
}

/** A run of text without markup. */
export function wordRun(text: string): string {
  return `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** A Word document of plain paragraphs. */
export function docxBytes(paragraphs: readonly string[]): Buffer {
  return storedZip(docxParts(paragraphs.map(wordRun)));
}
