import type { Channel } from '../../node-core/api/channel.ts';

const portTimeoutMs = 10_000;

/** What the desktop shell's preload offers to the page. */
export interface ShellPorts {
  /** Asks for a port to the node; it arrives as the window message `nunba:port`. */
  requestPort(): void;
}

declare global {
  interface Window {
    readonly nunbaShell?: ShellPorts;
  }
}

/** A channel to the node of the desktop shell, over a MessagePort that the shell hands over. */
export function openPortChannel(shell: ShellPorts, page: Window = window): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void) => {
      clearTimeout(timer);
      page.removeEventListener('message', receive);
      action();
    };
    const receive = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== page || event.data !== 'nunba:port' || !port) return;
      settle(() => resolve(new PortChannel(port)));
    };
    const timer = setTimeout(() => settle(() => reject(new Error('no port came'))), portTimeoutMs);
    page.addEventListener('message', receive);
    shell.requestPort();
  });
}

class PortChannel implements Channel {
  readonly #port: MessagePort;
  #closeListeners: (() => void)[] = [];
  #isClosed = false;

  constructor(port: MessagePort) {
    this.#port = port;
    port.addEventListener('close', () => this.#end());
  }

  post(frame: unknown): void {
    if (!this.#isClosed) this.#port.postMessage(frame);
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#port.addEventListener('message', (event) => listener(event.data));
    this.#port.start();
  }

  onClose(listener: () => void): void {
    if (this.#isClosed) listener();
    else this.#closeListeners.push(listener);
  }

  close(): void {
    this.#port.close();
    this.#end();
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const listener of this.#closeListeners.splice(0)) listener();
  }
}
