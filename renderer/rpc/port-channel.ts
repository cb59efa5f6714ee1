import type { Channel } from '../../node-core/api/channel.ts';
import { messagePortChannel } from '../../node-core/api/message-port-channel.ts';

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
      settle(() => resolve(messagePortChannel(port)));
    };
    const timer = setTimeout(() => settle(() => reject(new Error('no port came'))), portTimeoutMs);
    page.addEventListener('message', receive);
    shell.requestPort();
  });
}
