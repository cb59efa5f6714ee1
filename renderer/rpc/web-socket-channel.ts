import type { Channel } from '../../node-core/api/channel.ts';
import { webSocketChannel } from '../../node-core/api/web-socket-channel.ts';
import { NoSessionError } from './no-session-error.ts';

const openTimeoutMs = 10_000;

/**
 * A channel to the node that served this page, over `/rpc` of the same origin. The session cookie opens it. A socket
 * does not say why it was refused, so a node that is well but refuses means that the session is not known.
 */
export async function openWebSocketChannel(page: Location = window.location): Promise<Channel> {
  const address = `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/rpc`;
  const socket = new WebSocket(address);
  if (await opens(socket)) return webSocketChannel(socket);
  const health = await fetch(`${page.origin}/health`, { signal: AbortSignal.timeout(openTimeoutMs) });
  throw health.ok ? new NoSessionError() : new Error(`the node answered ${health.status}`);
}

function opens(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.close(), openTimeoutMs);
    const settle = (isOpen: boolean) => {
      clearTimeout(timer);
      resolve(isOpen);
    };
    socket.addEventListener('open', () => settle(true), { once: true });
    socket.addEventListener('close', () => settle(false), { once: true });
  });
}
