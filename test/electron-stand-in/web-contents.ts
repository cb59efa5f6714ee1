import { randomBytes } from 'node:crypto';
import type { WebContents, WebPreferences } from 'electron';
import { app } from './app.ts';
import { ContentsSettings } from './contents-settings.ts';
import { contextMenuParams } from './context-menu-params.ts';
import { StandInIpc } from './ipc-main.ts';
import type { StandInPort } from './message-ports.ts';
import { nativeTheme } from './native-theme.ts';
import type { FromPage, ToPage } from './page/messages.ts';
import { preloadWorld } from './page/scripts.ts';
import { PageMessages } from './page-messages.ts';
import { answerPermission } from './page-permissions.ts';
import type { Navigation } from './page-requests.ts';
import { openPage, type PageSession } from './page-session.ts';
import { setUpPage, showTheme } from './page-setup.ts';
import { preventable } from './preventable-event.ts';
import { record } from './record.ts';
import { fromWeb, toWeb } from './schemes.ts';
import { session } from './session.ts';
import { as, classStandsFor, type Members } from './stands-for.ts';
import { createFrame } from './web-frame.ts';

const noReferrer = { url: '', policy: 'default' };
type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

const networkAborted = -3;

/** What a page needs to know of its window. */
export interface PageHost {
  readonly size: { readonly width: number; readonly height: number };
  readonly preferences: WebPreferences;
  /** The page, or what shows it, wants to be closed. */
  close(): void;
}

/** One page: its worlds, its messages and ports, and where it may go. */
export class StandInWebContents extends ContentsSettings implements Members<WebContents> {
  static #lastId = 0;
  readonly id: number;
  readonly session = as<Electron.Session>(session.defaultSession);
  readonly ipc = as<Electron.IpcMain & StandInIpc>(new StandInIpc());
  mainFrame: Electron.WebFrameMain;
  readonly #host: PageHost;
  readonly #key = `stand-in-${randomBytes(8).toString('hex')}`;
  readonly #messages = new PageMessages(this, (message) => this.#send(message));
  readonly #opening: Promise<PageSession>;
  #targetId = '';
  #context: number | null = null;
  #askedFor: string | null = null;
  #url = '';
  #title = '';
  #isDestroyed = false;
  #isCrashed = false;
  #isLoading = false;
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(host: PageHost) {
    super();
    StandInWebContents.#lastId += 1;
    this.id = StandInWebContents.#lastId;
    this.#host = host;
    this.mainFrame = as<Electron.WebFrameMain>(createFrame(this.id, ''));
    this.#opening = this.#open();
    this.#opening.catch((error: unknown) => {
      if (!this.#isDestroyed) console.error('stand-in: a page could not be opened:', error);
    });
    nativeTheme.on('updated', this.#showTheme);
  }

  /** For the window: Chromium's page. Empty until it is open. */
  get targetId(): string {
    return this.#targetId;
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.#opening;
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()));
    this.#askedFor = toWeb(address);
    this.#isLoading = true;
    this.emit('did-start-loading');
    const { errorText } = await page.send('Page.navigate', { url: this.#askedFor });
    if (errorText) {
      this.#isLoading = false;
      this.emit('did-fail-load', preventable(), networkAborted, errorText, address, true);
      throw new Error(`${errorText} (${networkAborted}) loading '${address}'`);
    }
    await loaded;
  }

  reload(): void {
    this.#askedFor = this.#url;
    void this.#tell('Page.reload');
  }

  reloadIgnoringCache(): void {
    this.reload();
  }

  getURL(): string {
    return fromWeb(this.#url);
  }

  getTitle(): string {
    return this.#title;
  }

  getOSProcessId(): number {
    return app.chromium.pid;
  }

  isLoading(): boolean {
    return this.#isLoading;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  isCrashed(): boolean {
    return this.#isCrashed;
  }

  stop(): void {
    void this.#tell('Page.stopLoading');
  }

  close(): void {
    this.#host.close();
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  send(channel: string, ...values: unknown[]): void {
    this.#messages.post(channel, values);
  }

  postMessage(channel: string, value: unknown, transfer: readonly unknown[] = []): void {
    this.#messages.post(channel, [value], transfer as readonly StandInPort[]);
  }

  forcefullyCrashRenderer(): void {
    // Chromium never answers: the page that would has crashed.
    void this.#tell('Page.crash');
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const page = await this.#opening;
    const asked = { expression: code, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', asked);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** For the window: the page is gone for good. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    nativeTheme.off('updated', this.#showTheme);
    this.#messages.closePorts();
    this.#opening.then((page) => page.close()).catch(() => undefined);
    this.emit('destroyed');
  }

  async #open(): Promise<PageSession> {
    const page = await openPage(app.chromium.devTools, this.#host.size);
    this.#targetId = page.targetId;
    this.#listen(page);
    const { preferences } = this.#host;
    await setUpPage(page, { key: this.#key, preferences, mayGo: (navigation) => this.#mayGo(navigation) });
    return page;
  }

  #listen(page: PageSession): void {
    page.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === this.#key) this.#receive(JSON.parse(payload));
    });
    page.on('Runtime.executionContextCreated', ({ context }) => {
      // Chromium gives a page's top frame the id of the page.
      if (context.auxData?.frameId === page.targetId && context.name === preloadWorld) this.#context = context.id;
    });
    page.on('Runtime.executionContextsCleared', () => {
      this.#context = null;
    });
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#navigated(frame.url);
    });
    page.on('Page.navigatedWithinDocument', () => this.emit('did-start-loading'));
    page.on('Page.domContentEventFired', () => this.emit('dom-ready', preventable()));
    page.on('Page.loadEventFired', () => void this.#loaded(page));
    page.on('Inspector.targetCrashed', () => this.#crashed());
    page.on('Runtime.consoleAPICalled', ({ type, args }) => {
      const message = args.map(({ value, description }) => String(value ?? description ?? '')).join(' ');
      this.emit(
        'console-message',
        preventable({ level: type === 'error' ? 'error' : 'info', message, frame: this.mainFrame }),
      );
    });
  }

  #navigated(url: string): void {
    this.#isCrashed = false;
    this.#askedFor = null;
    this.#url = url;
    this.mainFrame = as<Electron.WebFrameMain>(createFrame(this.id, fromWeb(url)));
    this.#messages.closePorts();
    this.emit('did-navigate', preventable(), fromWeb(url), 200, '');
  }

  async #loaded(page: PageSession): Promise<void> {
    if (this.#url === 'about:blank') return;
    this.#isLoading = false;
    const { result } = await page.send('Runtime.evaluate', { expression: 'document.title', returnByValue: true });
    this.#title = String(result.value ?? '');
    this.emit('page-title-updated', preventable(), this.#title, true);
    this.emit('did-finish-load', preventable());
    this.emit('did-stop-loading');
  }

  #crashed(): void {
    this.#isCrashed = true;
    this.#context = null;
    this.#messages.closePorts();
    this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 139 });
    app.emit('render-process-gone', preventable(), this, { reason: 'crashed', exitCode: 139 });
  }

  /** What the app itself asked for needs no leave. */
  #mayGo({ url, frameId, isRedirect }: Navigation): boolean {
    const isMainFrame = frameId === this.#targetId;
    if (isMainFrame && this.#askedFor !== null && toWeb(url) === this.#askedFor) return true;
    const event = preventable({ url, isMainFrame, isSameDocument: false, frame: this.mainFrame });
    if (isRedirect) this.emit('will-redirect', event, url, false, isMainFrame);
    else this.emit('will-frame-navigate', event);
    if (isMainFrame && !isRedirect) this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }

  #receive(message: FromPage): void {
    switch (message.kind) {
      case 'send':
        this.#messages.receiveSent(message);
        break;
      case 'invoke':
        void this.#messages.answer(message);
        break;
      case 'open':
        this.#openWindow(message.address, message.frameName, message.features);
        break;
      case 'leave':
        this.#leave(message.address);
        break;
      case 'permission':
        void answerPermission(this, message).then((isGranted) =>
          this.#send({ kind: 'permission', id: message.id, isGranted }),
        );
        break;
      case 'context-menu':
        this.emit('context-menu', preventable(), contextMenuParams(message));
        break;
      case 'preload-error':
        this.emit('preload-error', preventable(), this.#host.preferences.preload, new Error(message.message));
        break;
      default:
        this.#messages.receiveSignal(message);
    }
  }

  #openWindow(address: string, frameName: string, features: string): void {
    const url = fromWeb(address);
    const details = { url, frameName, features, disposition: 'foreground-tab', referrer: noReferrer };
    const { action } = this.#openHandler(as<Parameters<OpenHandler>[0]>(details));
    record.windowsAsked.push(url);
    if (action === 'allow') console.error(`stand-in: a second window for ${url} was allowed; the stand-in opens none`);
  }

  #leave(url: string): void {
    if (this.#mayGo({ url, frameId: this.#targetId, isRedirect: false })) void this.loadURL(url).catch(() => undefined);
  }

  readonly #showTheme = (): void => {
    this.#opening.then(showTheme).catch(() => undefined);
  };

  #send(message: ToPage): void {
    if (this.#context === null || this.#isDestroyed) return;
    const expression = `globalThis[${JSON.stringify(`${this.#key}-receive`)}](${JSON.stringify(JSON.stringify(message))})`;
    void this.#tell('Runtime.evaluate', { contextId: this.#context, expression });
  }

  /** Nobody waits: the page may have gone or be replaced. */
  async #tell(...[method, params]: Parameters<PageSession['send']>): Promise<void> {
    await this.#opening.then((page) => page.send(method, params)).catch(() => undefined);
  }
}
classStandsFor('webContents', StandInWebContents);
