import { ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import { isPageAddress } from './page-address.ts';

/** The one message between preload and main: a page asks for a port, and a port comes back under the same name. */
const portMessage = 'nunba:port';

/** Hands each page that asks a port to the node. Frames inside a page and pages that are not ours get none. */
export function servePorts(attach: (port: MessagePortMain) => void): void {
  ipcMain.on(portMessage, (event) => {
    const frame = event.senderFrame;
    if (!frame || frame.parent !== null || !isPageAddress(frame.url)) return;
    const { port1, port2 } = new MessageChannelMain();
    attach(port1);
    event.sender.postMessage(portMessage, null, [port2]);
  });
}
