import { app, type BrowserWindow, dialog } from 'electron';
import type { ShellSettings } from '../settings/shell-settings.ts';
import type { ShellState } from '../shell/shell-state.ts';
import { closeButtons, decideClose, readCloseAnswer } from './close-decision.ts';

/**
 * Makes the close button do what the person wants: quit, or keep Nunba in the tray. Returns what every new window is
 * handed to.
 */
export function closeToTray(state: ShellState, settings: ShellSettings): (window: BrowserWindow) => void {
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  return (window) => {
    let isAsking = false;
    const ask = async (): Promise<void> => {
      if (isAsking) return;
      isAsking = true;
      try {
        await askAndAct(window, settings);
      } finally {
        isAsking = false;
      }
    };
    // Not when Windows only asks: another program may still cancel that the session ends.
    window.on('session-end', () => {
      isQuitting = true;
    });
    window.on('close', (event) => {
      const decision = decideClose({
        platform: process.platform,
        tray: state.get().tray,
        closeToTray: settings.get().closeToTray,
        isAsked: settings.get().remembered.askedCloseToTray,
        isQuitting,
      });
      if (decision === 'close') return;
      event.preventDefault();
      if (decision === 'hide') window.hide();
      else void ask();
    });
  };
}

async function askAndAct(window: BrowserWindow, settings: ShellSettings): Promise<void> {
  const { response, checkboxChecked } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Nunba',
    message: 'Keep Nunba in the tray?',
    detail:
      'There it goes on answering, and other programs can reach it. If you quit, answers that are being written stop; what has arrived is kept.',
    buttons: [...closeButtons],
    defaultId: 0,
    cancelId: closeButtons.length - 1,
    checkboxLabel: 'Remember this (Settings, General changes it)',
    checkboxChecked: true,
  });
  const answer = readCloseAnswer(response, checkboxChecked);
  if (answer.closeToTray !== null) {
    const remembered = { ...settings.get().remembered, askedCloseToTray: true };
    settings.remember({ closeToTray: answer.closeToTray, remembered });
  }
  if (answer.act === 'hide' && !window.isDestroyed()) window.hide();
  if (answer.act === 'quit') app.quit();
}
