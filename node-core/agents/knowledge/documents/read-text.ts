import type { DocumentOrder, DocumentText } from './document-text.ts';

/** The text of a document. What reads it is loaded when the first one of its kind comes. */
export async function readText({ kind, bytes }: DocumentOrder): Promise<DocumentText> {
  switch (kind) {
    case 'pdf':
      return (await import('./pdf-text.ts')).textOfPdf(bytes);
    case 'docx':
      return (await import('./office-text.ts')).textOfDocx(bytes);
    case 'odt':
      return (await import('./office-text.ts')).textOfOdt(bytes);
  }
}
