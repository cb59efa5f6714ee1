import type { Channel } from '../../node-core/api/channel.ts';
import { messagePortChannel } from '../../node-core/api/message-port-channel.ts';
import { type ShellApi, shellMessages } from '../../node-core/api/shell-contract.ts';

const portTimeoutMs = 10_000;

declare global {
  interface Window {
    readonly nunbaShell?: ShellApi;
  }
}

/** A channel to the node of the desktop shell, over a MessagePort that the shell hands over. */
export function openPortChannel(shell: Pick<ShellApi, 'requestPort'>, page: Window = window): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void) => {
      clearTimeout(timer);
      page.removeEventListener('message', receive);
      action();
    };
    const receive = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== page || event.data !== shellMessages.port || !port) return;
      settle(() => resolve(messagePortChannel(port)));
    };
    const timer = setTimeout(() => settle(() => reject(new Error('no port came'))), portTimeoutMs);
    page.addEventListener('message', receive);
    shell.requestPort();
  });
}
