import type { Clipboard, Shell } from 'electron';
import { record } from './record.ts';
import { standsFor } from './stands-for.ts';

/** What other programs would be asked for is kept for the test. */
export const shell = standsFor('shell', {
  openExternal: async (address: string): Promise<void> => {
    record.openedLinks.push(address);
  },
  openPath: async (file: string): Promise<string> => {
    record.openedPaths.push(file);
    return '';
  },
  showItemInFolder: (file: string): void => {
    record.shownInFolder.push(file);
  },
  trashItem: async (file: string): Promise<void> => {
    record.trashed.push(file);
  },
  beep: (): void => undefined,
} satisfies Partial<Shell>);

let copied = '';

/** Text only, and apart from that of the page. */
export const clipboard = standsFor('clipboard', {
  writeText: async (text: string): Promise<void> => {
    copied = text;
  },
  readText: async (): Promise<string> => copied,
  clear: (): void => {
    copied = '';
  },
} satisfies Partial<Clipboard>);
