import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { launchChromium } from './chromium.ts';
import { StandInWebContents } from './web-contents.ts';

interface WindowOptions {
  readonly webPreferences: { readonly preload: string };
}

const windows = new Set<BrowserWindow>();

/** A window is a page of Chromium. */
export class BrowserWindow extends EventEmitter {
  readonly webContents = new StandInWebContents();
  readonly #opening: Promise<void>;
  #close: () => Promise<void> = async () => undefined;

  constructor(options: WindowOptions) {
    super();
    windows.add(this);
    app.addWindow(this);
    this.#opening = this.#open(options.webPreferences.preload);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  async loadURL(address: string): Promise<void> {
    await this.#opening;
    await this.webContents.load(address);
    this.emit('ready-to-show');
  }

  show(): void {}

  focus(): void {}

  restore(): void {}

  isMinimized(): boolean {
    return false;
  }

  close(): void {
    void this.#close();
  }

  async #open(preloadFile: string): Promise<void> {
    const context = await launchChromium();
    const page = context.pages().find((one) => one.url() === 'about:blank') ?? (await context.newPage());
    this.#close = () => page.close();
    page.once('close', () => this.#closed());
    await this.webContents.open(context, page, preloadFile);
  }

  #closed(): void {
    windows.delete(this);
    this.webContents.closed();
    this.emit('closed');
    app.removeWindow(this);
  }
}
