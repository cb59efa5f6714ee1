import path from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { guardNavigation } from './navigation.ts';
import { pageOrigin } from './page-address.ts';

/** What a window shows before the page has painted; the paper of the two themes. */
const paper = { light: '#f6f4ef', dark: '#171614' };

/**
 * Opens a window on the page. It appears when there is something to see.
 * @param program folder of the built program, with `preload.cjs`
 * @param onNoPage told why, where the page cannot be loaded
 */
export function openWindow(program: string, onNoPage: (error: unknown) => void): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Nunba',
    width: 1200,
    height: 820,
    minWidth: 480,
    minHeight: 400,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      preload: path.join(program, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  guardNavigation(window.webContents);
  window.once('ready-to-show', () => window.show());
  window.loadURL(`${pageOrigin}/`).catch((error: unknown) => {
    if (!window.isDestroyed() && !isAborted(error)) onNoPage(error);
  });
  return window;
}

/** The page was loaded anew, or the window closed, before it had been loaded. */
const isAborted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_ABORTED';

/** Brings the window to the front, if there is one. */
export function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
