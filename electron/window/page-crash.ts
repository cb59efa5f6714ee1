import { app, type BrowserWindow, dialog } from 'electron';
import type { ShellState } from '../shell/shell-state.ts';
import { createRepeatRule, isCrash, pageCrashWindowMs } from './crash-rules.ts';

type Notices = Pick<ShellState, 'notify'>;

/**
 * Loads the page anew when its process is gone, and says so; asks the person where that happens again at once. A page
 * that hangs is theirs to judge: it may be busy.
 */
export function createPageRescue(notices: Notices): (window: BrowserWindow) => void {
  const isRepeated = createRepeatRule(pageCrashWindowMs);
  return (window) => {
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (!isCrash(reason) || window.isDestroyed()) return;
      console.error(`The page's process is gone: ${reason} (${exitCode}).`);
      if (isRepeated(performance.now())) void askAfterCrashes(window);
      else {
        notices.notify({ kind: 'page-crashed' });
        window.webContents.reload();
      }
    });
    askWhileUnresponsive(window);
  };
}

async function askAfterCrashes(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: 'Nunba',
    message: 'Nunba’s window crashed twice within a minute.',
    detail: 'Your chats are safe; agents that are at work go on. “Reload” shows the window again.',
    buttons: ['Reload', 'Quit Nunba'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) app.quit();
  else if (!window.isDestroyed()) window.webContents.reload();
}

function askWhileUnresponsive(window: BrowserWindow): void {
  let asking: AbortController | null = null;
  const ask = async (signal: AbortSignal): Promise<void> => {
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Nunba',
      message: 'Nunba’s window does not answer.',
      detail: 'It may be busy. “Reload” ends what it does; your chats and the text that you typed are kept.',
      buttons: ['Wait', 'Reload'],
      defaultId: 0,
      cancelId: 0,
      signal,
    });
    // A page that hangs reads no message: its process is ended, and what follows a crash follows.
    if (!signal.aborted && response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
  };
  window.on('unresponsive', () => {
    if (asking) return;
    const controller = new AbortController();
    asking = controller;
    void ask(controller.signal).finally(() => {
      if (asking === controller) asking = null;
    });
  });
  window.on('responsive', () => asking?.abort());
  window.on('closed', () => asking?.abort());
}
