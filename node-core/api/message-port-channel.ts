import type { Channel } from './channel.ts';

/** What a MessagePort of a page and of Node have in common. */
export interface PortLike {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

/** The contract's frames over a MessagePort, which has not been started yet. */
export function messagePortChannel(port: PortLike): Channel {
  const closeListeners: (() => void)[] = [];
  let isClosed = false;
  const end = (): void => {
    if (isClosed) return;
    isClosed = true;
    for (const listener of closeListeners.splice(0)) listener();
  };
  port.addEventListener('close', end);
  return {
    post(frame) {
      if (!isClosed) port.postMessage(frame);
    },
    onFrame(listener) {
      port.addEventListener('message', ({ data }) => {
        if (!isClosed) listener(data);
      });
      port.start();
    },
    onClose(listener) {
      if (isClosed) listener();
      else closeListeners.push(listener);
    },
    close() {
      port.close();
      end();
    },
  };
}
