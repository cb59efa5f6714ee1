import type { NoteDraft } from '../../../node-core/api/notes-views.ts';
import { saveFile } from '../../save-file.ts';

/** Longest name of a file, without its ending, in characters. */
const maxNameChars = 80;

/** Saves a note as a Markdown file that is named after its title. */
export function exportNote({ title, text }: NoteDraft): void {
  saveFile(noteFileName(title), [text.endsWith('\n') ? text : `${text}\n`], 'text/markdown');
}

/** A name that every system takes. Pure. */
export function noteFileName(title: string): string {
  const name = title
    .replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, maxNameChars)
    .replaceAll(/^[ .]+|[ .]+$/g, '');
  return `${name === '' ? 'note' : name}.md`;
}
