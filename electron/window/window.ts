import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { ShellSettings } from '../settings/shell-settings.ts';
import { pageOrigin } from './page-address.ts';
import { paperColour } from './paper.ts';
import { placeWindow, windowSizes } from './place-window.ts';
import { rememberPlace } from './remember-place.ts';

/** What a window needs. */
export interface WindowOptions {
  /** Folder of the built program, with `preload.cjs`. */
  readonly program: string;
  readonly settings: ShellSettings;
  /** It stays unseen until somebody asks for it. */
  readonly isHidden: boolean;
  /** Told why, where the page cannot be loaded. */
  readonly onNoPage: (error: unknown) => void;
}

/** Opens a window on the page, where it stood at last. It appears when there is something to see. */
export function openWindow({ program, settings, isHidden, onNoPage }: WindowOptions): BrowserWindow {
  const saved = settings.get().window;
  const window = new BrowserWindow({
    title: 'Nunba',
    ...placeWindow(saved.bounds, workAreas()),
    minWidth: windowSizes.least.width,
    minHeight: windowSizes.least.height,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: paperColour(nativeTheme.shouldUseDarkColors),
    // The other systems take it from the program; on Linux an AppImage has no entry that would name one.
    ...(process.platform === 'linux' ? { icon: path.join(program, '..', 'icons', 'app', '256x256.png') } : {}),
    webPreferences: {
      preload: path.join(program, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  followPaper(window);
  rememberPlace(window, settings);
  window.webContents.on('did-finish-load', () => window.webContents.setZoomLevel(settings.get().window.zoom));
  window.once('ready-to-show', () => {
    if (isHidden) return;
    if (saved.isMaximized) window.maximize();
    window.show();
  });
  if (isHidden && saved.isMaximized) window.once('show', () => window.maximize());
  window.loadURL(`${pageOrigin}/`).catch((error: unknown) => {
    if (!window.isDestroyed() && !isAborted(error)) onNoPage(error);
  });
  return window;
}

/** The main screen first. */
function workAreas() {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

function followPaper(window: BrowserWindow): void {
  const paint = (): void => window.setBackgroundColor(paperColour(nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', paint);
  window.once('closed', () => nativeTheme.off('updated', paint));
}

/** The page was loaded anew, or the window closed, before it had been loaded. */
const isAborted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_ABORTED';
