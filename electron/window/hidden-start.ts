import { app } from 'electron';
import { hiddenArgument } from '../settings/login-entry.ts';
import type { ShellSettings } from '../settings/shell-settings.ts';
import type { ShellState } from '../shell/shell-state.ts';
import type { MainWindow } from './main-window.ts';

/** Whether this start was asked to show no window. macOS hands a login item no arguments, but says that it is one. */
export function isHiddenStart(args: readonly string[], settings: Pick<ShellSettings, 'get'>): boolean {
  if (args.includes(hiddenArgument)) return true;
  return process.platform === 'darwin' && settings.get().startHidden && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** A hidden app that no tray shows could not be reached: its window is shown after all. */
export function showWithoutTray(state: Pick<ShellState, 'watch'>, window: Pick<MainWindow, 'show'>): void {
  let isShown = false;
  state.watch(({ tray }) => {
    if (tray !== 'none' || isShown) return;
    isShown = true;
    window.show();
  });
}
