import type { Page } from '@playwright/test';
import { type Client, createClient } from '../../node-core/api/client.ts';
import { webSocketChannel } from '../../node-core/api/web-socket-channel.ts';

/**
 * Speaks to the node of an open page with that page's session, for what a test has to prepare and is not about.
 * @param address of the node, `http://127.0.0.1:PORT`
 */
export async function nodeCalls(page: Page, address: string): Promise<Client> {
  const cookies = await page.context().cookies(address);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  // Node's own WebSocket takes headers, which the type of the browser's does not know.
  const options = { headers: { cookie, origin: address } } as unknown as string[];
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/rpc`, options);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('the node refused the socket')), { once: true });
  });
  return createClient(webSocketChannel(socket));
}
