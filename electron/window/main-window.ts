import { type BrowserWindow, ipcMain, type WebContents } from 'electron';
import { shellMessages } from '../../node-core/api/shell-contract.ts';
import type { ShellCommand } from '../../node-core/api/shell-views.ts';
import { isFromPage, sendCommand } from '../shell/shell-calls.ts';
import { openWindow, type WindowOptions } from './window.ts';
import { type ZoomStep, zoomAfter } from './zoom-step.ts';

/** The app's one window, which may be closed and opened again while the app stays. */
export interface MainWindow {
  /** `null` while it is closed. */
  get(): BrowserWindow | null;
  /** Brings it to the front; opens it where it is closed. */
  show(): void;
  /** Shows it and asks something of its page, as soon as that listens. */
  ask(command: ShellCommand): void;
  /** Changes how large everything in it is, for good. */
  zoom(step: ZoomStep): void;
}

/**
 * Opens the main window.
 * @param onOpened told of every window that is opened, before its page is there
 */
export function openMainWindow(options: WindowOptions, onOpened: (window: BrowserWindow) => void): MainWindow {
  let present: BrowserWindow | null = null;
  const open = (isHidden: boolean): BrowserWindow => {
    const window = openWindow({ ...options, isHidden });
    present = window;
    window.once('closed', () => {
      if (present === window) present = null;
    });
    onOpened(window);
    return window;
  };
  const show = (): BrowserWindow => {
    if (!present) return open(false);
    if (present.isMinimized()) present.restore();
    present.show();
    present.focus();
    return present;
  };
  const send = commandSender();
  open(options.isHidden);
  return {
    get: () => present,
    show: () => void show(),
    ask: (command) => send(show().webContents, command),
    zoom(step) {
      const { window: saved } = options.settings.get();
      const zoom = zoomAfter(saved.zoom, step);
      options.settings.remember({ window: { ...saved, zoom } });
      present?.webContents.setZoomLevel(zoom);
    },
  };
}

/** Sends commands to pages; one that does not listen yet gets them when it does. */
function commandSender(): (contents: WebContents, command: ShellCommand) => void {
  const listening = new WeakSet<WebContents>();
  const waiting = new Map<WebContents, ShellCommand[]>();
  ipcMain.on(shellMessages.watch, ({ sender, senderFrame }) => {
    if (!isFromPage(senderFrame)) return;
    listening.add(sender);
    // A page that loads anew asks again. Not `did-start-loading`, which a mere change of its address sends, too.
    const isGone = (): void => void listening.delete(sender);
    sender.once('did-navigate', isGone);
    sender.once('render-process-gone', isGone);
    for (const command of waiting.get(sender) ?? []) sendCommand(sender, command);
    waiting.delete(sender);
  });
  return (contents, command) => {
    if (listening.has(contents)) sendCommand(contents, command);
    else {
      waiting.set(contents, [...(waiting.get(contents) ?? []), command]);
      contents.once('destroyed', () => waiting.delete(contents));
    }
  };
}
