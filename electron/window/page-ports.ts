import { ipcMain, MessageChannelMain, type WebContents } from 'electron';
import { shellMessages } from '../../node-core/api/shell-contract.ts';
import type { ShellNode } from '../node/start-node.ts';
import { isFromPage } from '../shell/shell-calls.ts';

/**
 * Hands each page that asks a port to the node, as soon as there is one that is ready: a page with a port believes that
 * it is connected. Frames inside a page and pages that are not ours get none.
 */
export function servePorts(node: Pick<ShellNode, 'isReady' | 'onReady' | 'attach'>): void {
  const waiting = new Set<WebContents>();
  const handOver = (contents: WebContents): void => {
    const { port1, port2 } = new MessageChannelMain();
    node.attach(port1);
    contents.postMessage(shellMessages.port, null, [port2]);
  };
  node.onReady(() => {
    for (const contents of waiting) if (!contents.isDestroyed()) handOver(contents);
    waiting.clear();
  });
  ipcMain.on(shellMessages.port, ({ sender, senderFrame }) => {
    if (!isFromPage(senderFrame)) return;
    if (node.isReady()) handOver(sender);
    else waiting.add(sender);
  });
}
