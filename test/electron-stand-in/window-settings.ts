import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import type { Members } from './stands-for.ts';

/** The members of a window that are only kept, or that do nothing without a screen. */
export class WindowSettings extends EventEmitter implements Members<BrowserWindow> {
  autoHideMenuBar = false;
  menuBarVisible = true;
  #isOnTop = false;

  setAlwaysOnTop(isOnTop: boolean): void {
    this.#isOnTop = isOnTop;
  }

  isAlwaysOnTop(): boolean {
    return this.#isOnTop;
  }

  setMenuBarVisibility(isVisible: boolean): void {
    this.menuBarVisible = isVisible;
  }

  isMenuBarVisible(): boolean {
    return this.menuBarVisible;
  }

  setAutoHideMenuBar(isHidden: boolean): void {
    this.autoHideMenuBar = isHidden;
  }

  isMenuBarAutoHide(): boolean {
    return this.autoHideMenuBar;
  }

  setSkipTaskbar(): void {}

  center(): void {}

  setMinimumSize(): void {}

  moveTop(): void {}

  flashFrame(): void {}

  setProgressBar(): void {}

  setOverlayIcon(): void {}

  setIcon(): void {}

  setMenu(): void {}

  removeMenu(): void {}

  setTitleBarOverlay(): void {}
}
