import { ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import { shellMessages } from '../../node-core/api/shell-contract.ts';
import { isFromPage } from '../shell/shell-calls.ts';

/** Hands each page that asks a port to the node. Frames inside a page and pages that are not ours get none. */
export function servePorts(attach: (port: MessagePortMain) => void): void {
  ipcMain.on(shellMessages.port, (event) => {
    if (!isFromPage(event.senderFrame)) return;
    const { port1, port2 } = new MessageChannelMain();
    attach(port1);
    event.sender.postMessage(shellMessages.port, null, [port2]);
  });
}
