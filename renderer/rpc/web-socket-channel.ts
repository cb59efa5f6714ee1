import type { Channel } from '../../node-core/api/channel.ts';
import { NoSessionError } from './no-session-error.ts';

const openTimeoutMs = 10_000;

/**
 * A channel to the node that served this page, over `/rpc` of the same origin. The session cookie opens it. A socket
 * does not say why it was refused, so a node that is well but refuses means that the session is not known.
 */
export async function openWebSocketChannel(page: Location = window.location): Promise<Channel> {
  const address = `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/rpc`;
  const socket = new WebSocket(address);
  if (await opens(socket)) return new SocketChannel(socket);
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

class SocketChannel implements Channel {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  post(frame: unknown): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#socket.addEventListener('message', (event) => {
      const frame = parsed(event.data);
      if (frame === undefined) this.close();
      else listener(frame);
    });
  }

  onClose(listener: () => void): void {
    if (this.#socket.readyState === WebSocket.CLOSED) listener();
    else this.#socket.addEventListener('close', () => listener(), { once: true });
  }

  close(): void {
    this.#socket.close();
  }
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
