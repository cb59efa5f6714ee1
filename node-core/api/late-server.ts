import type { Channel } from './channel.ts';
import type { Handlers } from './contract.ts';
import type { ReportBug } from './server.ts';

/** Most frames that wait for the contract; a page sends about ten before its first answer. */
const mostWaiting = 1000;

/**
 * As `serveContract`, which is loaded when the first channel comes: a start makes no schema that nobody asks for. What
 * arrives meanwhile waits, in order.
 */
export function serveContractLate(channel: Channel, handlers: Handlers, reportBug: ReportBug): void {
  const held = holdFrames(channel);
  import('./server.ts').then(
    ({ serveContract }) => serveContract(held, handlers, reportBug),
    (error: unknown) => {
      reportBug(error, 'the contract');
      channel.close();
    },
  );
}

/** The channel, listened to from now on; its frames come when somebody wants them. */
function holdFrames(channel: Channel): Channel {
  const waiting: unknown[] = [];
  let receive = (frame: unknown): void => {
    if (waiting.length < mostWaiting) waiting.push(frame);
    else channel.close();
  };
  channel.onFrame((frame) => receive(frame));
  return {
    post: (frame) => channel.post(frame),
    onFrame(listener) {
      receive = listener;
      for (const frame of waiting.splice(0)) listener(frame);
    },
    onClose: (listener) => channel.onClose(listener),
    close: () => channel.close(),
  };
}
