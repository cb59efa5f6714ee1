import type { MessagePortMain } from 'electron';
import type { Channel } from '../../node-core/api/channel.ts';
import { messagePortChannel } from '../../node-core/api/message-port-channel.ts';

/** The contract's frames over a port of Electron's main or utility process, which speaks as an EventEmitter. */
export function mainPortChannel(port: MessagePortMain): Channel {
  return messagePortChannel({
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
    addEventListener(type: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) {
      if (type === 'message') port.on('message', listener);
      else port.on('close', () => listener({ data: null }));
    },
  });
}
