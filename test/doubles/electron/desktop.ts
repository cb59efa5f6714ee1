import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Says what the person would see, one line each, so that a test can read it. */
function show(what: string): void {
  process.stdout.write(`stand-in: ${what}\n`);
}

/** Files only: the shell fetches nothing else. */
export const net = {
  async fetch(address: string): Promise<Response> {
    const file = fileURLToPath(address);
    const body = await fs.readFile(file);
    const type = mediaTypes[path.extname(file)];
    return new Response(body, { headers: type ? { 'content-type': type } : {} });
  },
};

export const shell = {
  openExternal: async (address: string): Promise<void> => show(`opened ${address}`),
};

export const dialog = {
  showErrorBox: (title: string, text: string): void => show(`error box: ${title}: ${text}`),
};

export const nativeTheme = { shouldUseDarkColors: false };

export const Menu = {
  buildFromTemplate: (template: readonly unknown[]): readonly unknown[] => template,
  setApplicationMenu: (): void => undefined,
};

/** A system without a keyring. */
export const safeStorage = {
  getSelectedStorageBackend: (): string => 'basic_text',
  isAsyncEncryptionAvailable: async (): Promise<boolean> => false,
};
