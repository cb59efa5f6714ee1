import { expect, test, vi } from 'vitest';
import type { Channel } from '../../node-core/api/channel.ts';
import { serveContractLate } from '../../node-core/api/late-server.ts';
import { waitFor } from '../builders/wait.ts';
import { createRecordingHandlers } from '../doubles/recording-handlers.ts';

/** A socket that speaks at once and keeps nothing for a listener that comes later. */
function hastyChannel() {
  const posted: { readonly i: string }[] = [];
  let listener: ((frame: unknown) => void) | null = null;
  const close = vi.fn();
  const channel: Channel = {
    post: (frame) => void posted.push(frame as { readonly i: string }),
    onFrame: (next) => (listener = next),
    onClose: () => undefined,
    close,
  };
  return { channel, posted, close, deliver: (frame: unknown) => listener?.(frame) };
}

const asking = (id: number) => ({ t: 'q', i: String(id), m: 'call', a: ['status.get', {}] });

test('what arrives before the contract is loaded is answered, and nothing twice', async () => {
  const { channel, posted, close, deliver } = hastyChannel();
  serveContractLate(channel, createRecordingHandlers().handlers, () => 'INCIDENT');
  for (const id of [1, 2, 3]) deliver(asking(id));
  await waitFor(() => expect(posted.map(({ i }) => i).sort()).toEqual(['1', '2', '3']));
  deliver(asking(4));
  await waitFor(() => expect(posted.map(({ i }) => i).sort()).toEqual(['1', '2', '3', '4']));
  expect(close).not.toHaveBeenCalled();
});

test('a peer that floods before the contract is loaded is hung up on', () => {
  const { channel, close, deliver } = hastyChannel();
  serveContractLate(channel, createRecordingHandlers().handlers, () => 'INCIDENT');
  for (let id = 0; id < 1000; id += 1) deliver(asking(id));
  expect(close).not.toHaveBeenCalled();
  deliver(asking(1000));
  expect(close).toHaveBeenCalled();
});
