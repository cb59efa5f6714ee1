import fastifyWebsocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { type Channel, maxFrameBytes } from '../api/channel.ts';
import { webSocketChannel } from '../api/web-socket-channel.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import { rpcGuard } from './access.ts';
import type { HttpNode } from './http-node.ts';
import { HttpRefusal } from './http-refusal.ts';

/** Pages and commands that may be connected at once. */
const maxSockets = 64;
/** A reader that lets more than this wait is disconnected; it finds the present values when it comes back. */
const maxWaitingBytes = 2 * maxFrameBytes;
const pingIntervalMs = 30_000;

/** Understands WebSockets. Comes before every guard, so that a refused one is closed like any other request. */
export async function addWebSockets(app: FastifyInstance, node: HttpNode): Promise<void> {
  await app.register(fastifyWebsocket, {
    options: { maxPayload: maxFrameBytes, perMessageDeflate: false },
    errorHandler: (error, socket) => {
      node.reportBug(error, 'rpc');
      socket.terminate();
    },
  });
}

/** `/rpc`: the contract over a WebSocket, for pages with a session and for the commands. */
export function addRpcRoute(app: FastifyInstance, node: HttpNode): void {
  const guard = rpcGuard(node);
  app.get(
    '/rpc',
    {
      websocket: true,
      onRequest: async (request, reply) => {
        await guard(request, reply);
        if (app.websocketServer.clients.size >= maxSockets) {
          throw new HttpRefusal(429, `${maxSockets} pages are open already. Close one, then try again.`);
        }
      },
    },
    (socket) => {
      // A broken connection ends in "close" as well; without a listener it would end the process.
      socket.on('error', () => undefined);
      keepAlive(socket, node.clock);
      node.attach(boundedChannel(socket));
    },
  );
}

/** Ends connections whose other end has silently gone. */
function keepAlive(socket: WebSocket, clock: Clock): void {
  let isAnswering = true;
  socket.on('pong', () => {
    isAnswering = true;
  });
  const timer = clock.every(pingIntervalMs, () => {
    if (!isAnswering) return socket.terminate();
    isAnswering = false;
    socket.ping();
  });
  socket.once('close', () => timer.cancel());
}

function boundedChannel(socket: WebSocket): Channel {
  const channel = webSocketChannel({
    get readyState() {
      return socket.readyState;
    },
    send: (text) => socket.send(text),
    close: (code) => socket.close(code),
    addEventListener(type: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) {
      if (type === 'message') socket.addEventListener('message', listener);
      else socket.addEventListener('close', () => listener({ data: null }));
    },
  });
  return {
    ...channel,
    post(frame) {
      if (socket.bufferedAmount > maxWaitingBytes) socket.terminate();
      else channel.post(frame);
    },
  };
}
