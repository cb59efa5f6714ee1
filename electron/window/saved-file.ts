import path from 'node:path';
import type { FileFilter, SaveDialogOptions } from 'electron';
import { pageOrigin } from './page-address.ts';

const kinds: Readonly<Record<string, string>> = { '.md': 'Markdown', '.json': 'JSON' };
/** Longest name that every file system takes, with room for the number of a second copy; characters. */
const longestName = 120;

/** Whether a download is a file that the page has made, which is all that is ever saved. */
export function isOwnFile(address: string): boolean {
  return address.startsWith(`blob:${pageOrigin}/`);
}

/** The dialog that asks where a file goes, with a name that no system takes for a path. */
export function saveDialogFor(name: string, folder: string): SaveDialogOptions {
  const safe = safeName(name);
  const extension = path.extname(safe).toLowerCase();
  const kind = kinds[extension];
  const all: FileFilter = { name: 'All files', extensions: ['*'] };
  return {
    title: 'Save file',
    defaultPath: path.join(folder, safe),
    filters: kind === undefined ? [all] : [{ name: kind, extensions: [extension.slice(1)] }, all],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
}

function safeName(name: string): string {
  const plain = name
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .trim();
  const extension = path.extname(plain).slice(0, 20);
  const stem = plain.slice(0, plain.length - extension.length).slice(0, longestName - extension.length);
  return `${stem || 'nunba'}${extension}`;
}
