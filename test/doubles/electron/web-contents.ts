import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { ipcMain } from './ipc-main.ts';
import { PortTable, type StandInPort } from './message-ports.ts';
import { bridgeNames, type FromPage, installBridge, type ToPage } from './page-bridge.ts';
import { PreventableEvent } from './preventable-event.ts';
import { fromWeb, routeSchemes, toWeb } from './session.ts';

type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };

class NavigationEvent extends PreventableEvent {
  readonly url: string;
  readonly isMainFrame: boolean;

  constructor(url: string, isMainFrame: boolean) {
    super();
    this.url = url;
    this.isMainFrame = isMainFrame;
  }
}

/** One page: its preload script, its messages and ports, and where it may go. */
export class StandInWebContents extends EventEmitter {
  readonly #ports = new PortTable((signal) => this.#send(signal));
  #page: Page | null = null;
  #sending: Promise<unknown> = Promise.resolve();
  #askedFor: string | null = null;
  #windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });

  /** Wires a fresh page to the shell. */
  async open(context: BrowserContext, page: Page, preloadFile: string): Promise<void> {
    this.#page = page;
    await routeSchemes(context);
    await page.exposeBinding(bridgeNames.send, ({ frame }, text: string) => {
      if (frame === page.mainFrame()) this.#receive(JSON.parse(text));
    });
    const preload = fs.readFileSync(preloadFile, 'utf8');
    const script = `(${installBridge})(${JSON.stringify(bridgeNames)}, (require) => {\n${preload}\n});`;
    await page.addInitScript({ content: script });
    await page.route('**/*', (route) => {
      const request = route.request();
      const isNavigation = request.isNavigationRequest() && request.url() !== this.#askedFor;
      if (isNavigation && !this.#mayGo(request.url(), request.frame() === page.mainFrame())) return route.abort();
      return route.fallback();
    });
  }

  async load(address: string): Promise<void> {
    this.#askedFor = toWeb(address);
    await this.#page?.goto(this.#askedFor);
    this.#askedFor = null;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }

  postMessage(channel: string, value: unknown, transfer: readonly StandInPort[] = []): void {
    const portIds = transfer.map((port) => this.#ports.add(port));
    this.#send({ kind: 'message', channel, value, portIds });
    for (const id of portIds) this.#ports.open(id);
  }

  closed(): void {
    this.#ports.closeAll();
  }

  #mayGo(address: string, isMainFrame: boolean): boolean {
    const event = new NavigationEvent(fromWeb(address), isMainFrame);
    this.emit('will-frame-navigate', event);
    return !event.defaultPrevented;
  }

  #receive(message: FromPage): void {
    if (message.kind === 'open') this.#windowOpenHandler({ url: message.address });
    else if (message.kind === 'new-document') this.#ports.closeAll();
    else if (message.kind === 'send') {
      const senderFrame = { url: fromWeb(this.#page?.url() ?? ''), parent: null };
      ipcMain.emit(message.channel, { sender: this, senderFrame }, ...message.values);
    } else this.#ports.receive(message);
  }

  /** One after the other: frames keep their order. */
  #send(message: ToPage): void {
    this.#sending = this.#sending
      .then(() => this.#page?.evaluate(receiveInPage, [bridgeNames.receive, JSON.stringify(message)] as const))
      // The page has gone or is being replaced; its ports close with it.
      .catch(() => undefined);
  }
}

/** Runs in the page. */
function receiveInPage([name, text]: readonly [string, string]): void {
  (window as unknown as Record<string, (message: string) => void>)[name]?.(text);
}
