import type {
  BrowserWindowConstructorOptions,
  BrowserWindow as ElectronWindow,
  Rectangle,
  WebContents,
} from 'electron';
import { app } from './app.ts';
import { type OpenWindow, openWindows } from './open-windows.ts';
import { preventable } from './preventable-event.ts';
import { as, classStandsFor, type Members } from './stands-for.ts';
import { StandInWebContents } from './web-contents.ts';
import { WindowSettings } from './window-settings.ts';

const firstSize = { x: 0, y: 0, width: 800, height: 600 };

/** A window is a page of Chromium without a frame around it: where it stands and whether it is seen is only kept. */
export class BrowserWindow extends WindowSettings implements OpenWindow, Members<ElectronWindow> {
  static #lastId = 0;
  readonly id: number;
  readonly webContents: StandInWebContents & WebContents;
  title: string;
  #bounds: Rectangle;
  #normalBounds: Rectangle;
  #isVisible: boolean;
  #isFocused: boolean;
  #isDestroyed = false;
  #shape: 'normal' | 'minimized' | 'maximized' | 'full-screen' = 'normal';
  #background: string;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    BrowserWindow.#lastId += 1;
    this.id = BrowserWindow.#lastId;
    this.title = options.title ?? app.name;
    const { x = firstSize.x, y = firstSize.y, width = firstSize.width, height = firstSize.height } = options;
    this.#bounds = { x, y, width, height };
    this.#normalBounds = this.#bounds;
    this.#isVisible = options.show ?? true;
    this.#isFocused = this.#isVisible;
    this.#background = options.backgroundColor ?? '#ffffff';
    const host = { size: { width, height }, preferences: options.webPreferences ?? {}, close: () => this.close() };
    this.webContents = as<StandInWebContents & WebContents>(new StandInWebContents(host));
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.on('page-title-updated', (event, title, isExplicit) => this.#retitle(event, title, isExplicit));
    openWindows.add(this);
    app.emit('browser-window-created', preventable(), this);
    app.emit('web-contents-created', preventable(), this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...openWindows].filter((window) => window instanceof BrowserWindow);
  }

  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  static fromWebContents(contents: object): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.isFocused()) ?? null;
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address);
  }

  reload(): void {
    this.webContents.reload();
  }

  show(): void {
    this.#see(true);
    this.focus();
  }

  showInactive(): void {
    this.#see(true);
  }

  hide(): void {
    this.blur();
    this.#see(false);
  }

  isVisible(): boolean {
    return this.#isVisible && this.#shape !== 'minimized';
  }

  focus(): void {
    if (this.#isFocused || !this.isVisible()) return;
    for (const other of BrowserWindow.getAllWindows()) other.blur();
    this.#isFocused = true;
    this.emit('focus');
    app.emit('browser-window-focus', preventable(), this);
  }

  blur(): void {
    if (!this.#isFocused) return;
    this.#isFocused = false;
    this.emit('blur');
    app.emit('browser-window-blur', preventable(), this);
  }

  isFocused(): boolean {
    return this.#isFocused;
  }

  minimize(): void {
    this.#reshape('minimized', 'minimize');
    this.blur();
  }

  isMinimized(): boolean {
    return this.#shape === 'minimized';
  }

  restore(): void {
    if (this.isMinimized()) this.#reshape('normal', 'restore');
  }

  maximize(): void {
    this.#reshape('maximized', 'maximize');
  }

  unmaximize(): void {
    this.#reshape('normal', 'unmaximize');
  }

  isMaximized(): boolean {
    return this.#shape === 'maximized';
  }

  setFullScreen(isFull: boolean): void {
    if (isFull !== this.isFullScreen())
      this.#reshape(isFull ? 'full-screen' : 'normal', isFull ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.#shape === 'full-screen';
  }

  isNormal(): boolean {
    return this.#shape === 'normal';
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  getContentBounds(): Rectangle {
    return this.getBounds();
  }

  getNormalBounds(): Rectangle {
    return { ...this.#normalBounds };
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    if (this.#shape === 'normal') this.#normalBounds = this.#bounds;
    const { x, y, width, height } = this.#bounds;
    if (x !== before.x || y !== before.y) this.#tell('move', 'moved');
    if (width !== before.width || height !== before.height) this.#tell('resize', 'resized');
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  getTitle(): string {
    return this.title;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  setBackgroundColor(color: string): void {
    this.#background = color;
  }

  getBackgroundColor(): string {
    return this.#background;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  close(): void {
    this.tryClose();
  }

  tryClose(): boolean {
    if (this.#isDestroyed) return true;
    const event = preventable();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.destroy();
    return true;
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    openWindows.delete(this);
    this.webContents.destroy();
    this.emit('closed');
    if (openWindows.size === 0) setImmediate(() => app.lastWindowClosed());
  }

  #see(isVisible: boolean): void {
    if (this.#isVisible === isVisible) return;
    this.#isVisible = isVisible;
    this.emit(isVisible ? 'show' : 'hide');
  }

  #reshape(shape: 'normal' | 'minimized' | 'maximized' | 'full-screen', event: string): void {
    this.#shape = shape;
    this.emit(event);
  }

  #retitle(event: Electron.Event, title: string, isExplicit: boolean): void {
    this.emit('page-title-updated', event, title, isExplicit);
    if (!event.defaultPrevented) this.title = title;
  }

  #tell(...events: readonly string[]): void {
    for (const event of events) this.emit(event);
  }
}
classStandsFor('BrowserWindow', BrowserWindow);

/** The module's own finder of pages. */
export const webContents = {
  getAllWebContents: (): StandInWebContents[] => BrowserWindow.getAllWindows().map((window) => window.webContents),
  getFocusedWebContents: (): StandInWebContents | null => BrowserWindow.getFocusedWindow()?.webContents ?? null,
  fromId: (id: number): StandInWebContents | undefined =>
    webContents.getAllWebContents().find((contents) => contents.id === id),
  fromDevToolsTargetId: (id: string): StandInWebContents | undefined =>
    webContents.getAllWebContents().find((contents) => contents.targetId === id),
};
