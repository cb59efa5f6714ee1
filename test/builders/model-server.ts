import http from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { onTestFinished } from 'vitest';
import {
  type ModelServer,
  type ModelServerOptions,
  startModelServer,
} from '../doubles/model-server/start-model-server.ts';

/** A model server that stops when the test ends. */
export async function modelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const server = await startModelServer(options);
  onTestFinished(() => server.stop());
  return server;
}

/** An HTTP listener on 127.0.0.1 that answers as the test says; stops when the test ends. */
export async function httpListener(
  answer: http.RequestListener,
): Promise<{ readonly url: string; readonly port: number }> {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return atPort(server.address());
}

/** A listener that accepts connections and leaves them to the test; stops when the test ends. */
export async function tcpListener(
  accept: (socket: net.Socket) => void = () => undefined,
): Promise<{ readonly url: string; readonly port: number }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    accept(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  return atPort(server.address());
}

/** A port on 127.0.0.1 that nobody listens on: it was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = atPort(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const atPort = (address: string | AddressInfo | null): { readonly url: string; readonly port: number } => {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, port };
};
