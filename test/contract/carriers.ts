import { onTestFinished } from 'vitest';
import { type Channel, channelPair } from '../../node-core/api/channel.ts';
import { messagePortChannel } from '../../node-core/api/message-port-channel.ts';
import { webSocketChannel } from '../../node-core/api/web-socket-channel.ts';
import { openNodeSocket } from '../../node-core/commands/open-node-socket.ts';
import { adminToken, startTestListener } from '../doubles/http-node.ts';

/** A way to carry frames. `open` gives the client's end; the server's end goes to `serve`. */
export interface Carrier {
  readonly name: string;
  open(serve: (channel: Channel) => void): Promise<Channel>;
}

/** Everything that carries the contract. */
export const carriers: readonly Carrier[] = [
  {
    name: 'a pair in one process',
    async open(serve) {
      const [near, far] = channelPair();
      serve(far);
      onTestFinished(() => near.close());
      return near;
    },
  },
  {
    name: 'a MessagePort',
    async open(serve) {
      // The class of node:worker_threads, with the types that the page knows it by.
      const { port1, port2 } = new MessageChannel();
      serve(messagePortChannel(port1));
      const near = messagePortChannel(port2);
      onTestFinished(() => near.close());
      return near;
    },
  },
  {
    name: 'a WebSocket',
    async open(serve) {
      const { address } = await startTestListener(undefined, { attach: serve });
      return webSocketChannel(await openSocket(address));
    },
  },
];

/** An open socket to the `/rpc` of a listener, with the admin token. */
export async function openSocket(address: string): Promise<WebSocket> {
  const socket = await openNodeSocket(address, { authorization: `Bearer ${adminToken}` }, 5_000);
  if (!socket) throw new Error('the listener let nobody in');
  onTestFinished(() => socket.close());
  return socket;
}
