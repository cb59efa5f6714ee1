import { EventEmitter } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { closeChromium, launchChromium } from './chromium.ts';
import { PreventableEvent } from './preventable-event.ts';

const folders: Readonly<Record<string, string>> = { documents: 'Documents', home: '' };

/** The application's life: ready, windows closed, quitting. */
class StandInApp extends EventEmitter {
  #windows = new Set<{ close(): void }>();
  #isExiting = false;
  readonly #ready = launchChromium();

  setName(): void {}

  requestSingleInstanceLock(): boolean {
    return true;
  }

  async whenReady(): Promise<void> {
    await this.#ready;
  }

  getPath(name: string): string {
    const folder = folders[name];
    if (folder === undefined) throw new Error(`stand-in: no path "${name}"`);
    return path.join(os.homedir(), folder);
  }

  /** For windows of the stand-in. */
  addWindow(window: { close(): void }): void {
    this.#windows.add(window);
  }

  /** For windows of the stand-in. */
  removeWindow(window: { close(): void }): void {
    if (this.#windows.delete(window) && this.#windows.size === 0 && !this.#isExiting) this.emit('window-all-closed');
  }

  quit(): void {
    if (this.#isExiting || this.#isPrevented('before-quit') || this.#isPrevented('will-quit')) return;
    this.exit(0);
  }

  exit(code: number): void {
    this.#isExiting = true;
    void closeChromium().finally(() => process.exit(code));
  }

  #isPrevented(name: string): boolean {
    const event = new PreventableEvent();
    this.emit(name, event);
    return event.defaultPrevented;
  }
}

/** As in Electron, there is one, and it begins when the module is loaded. */
export const app = new StandInApp();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
