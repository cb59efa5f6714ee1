import type { Channel } from './channel.ts';

/** What a WebSocket of a browser, of Node and of the `ws` package have in common. */
export interface SocketLike {
  /** 0 connecting, 1 open, 2 closing, 3 closed */
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

const isOpen = 1;
const isClosed = 3;
/** RFC 6455 section 7.4.1: a message that this end cannot understand. */
const unsupportedData = 1003;

/** The contract's frames as JSON texts over an open WebSocket. A message that is no JSON text closes it. */
export function webSocketChannel(socket: SocketLike): Channel {
  return {
    post(frame) {
      if (socket.readyState === isOpen) socket.send(JSON.stringify(frame));
    },
    onFrame(listener) {
      socket.addEventListener('message', ({ data }) => {
        const frame = parseFrame(data);
        if (frame === undefined) socket.close(unsupportedData);
        else listener(frame);
      });
    },
    onClose(listener) {
      if (socket.readyState === isClosed) listener();
      else socket.addEventListener('close', () => listener());
    },
    close: () => socket.close(),
  };
}

/** `undefined` where it is no JSON text; JSON itself has no such value. */
function parseFrame(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
