import { expect, test, vi } from 'vitest';
import { createNodeLink } from '../../../electron/node/node-link.ts';
import { type Channel, channelPair } from '../../../node-core/api/channel.ts';
import { defaultSettings, type Settings } from '../../../node-core/api/node-views.ts';
import { serveContract } from '../../../node-core/api/server.ts';
import { waitFor } from '../../builders/wait.ts';
import { createRecordingHandlers, type RecordingHandlers } from '../../doubles/recording-handlers.ts';

/** A process of the node whose default agent is `defaultAgentId`. */
function startProcess(defaultAgentId: string): RecordingHandlers & { readonly channel: Channel; end(): void } {
  const [near, far] = channelPair();
  const recording = createRecordingHandlers();
  recording.first('settings.watch', { ...defaultSettings, defaultAgentId });
  serveContract(far, recording.handlers, () => 'incident');
  return { ...recording, channel: near, end: () => far.close() };
}

const disconnected = { failure: { kind: 'disconnected' } };

test('a call fails while there is no node, before the first and between two', async () => {
  const link = createNodeLink();
  await expect(link.call('status.get', {})).rejects.toMatchObject(disconnected);
  const first = startProcess('one');
  link.connect(first.channel);
  await expect(link.call('status.get', {})).resolves.toMatchObject({ tier: 'flat' });
  first.end();
  await expect(link.call('status.get', {})).rejects.toMatchObject(disconnected);
  const second = startProcess('two');
  link.connect(second.channel);
  await link.call('status.get', {});
  expect(second.calls).toHaveLength(1);
});

test('a subscription is made with the first node, again with each next one, and ends when asked', async () => {
  const link = createNodeLink();
  const seen: Settings[] = [];
  const ended = vi.fn();
  const stop = link.watch('settings.watch', {}, { next: (settings) => seen.push(settings), ended });
  const agents = () => seen.map((settings) => settings.defaultAgentId);

  const first = startProcess('one');
  link.connect(first.channel);
  await waitFor(() => expect(agents()).toEqual(['one']));
  first.end();
  const second = startProcess('two');
  link.connect(second.channel);
  await waitFor(() => expect(agents()).toEqual(['one', 'two']));

  stop();
  await waitFor(() => expect(second.stopped).toEqual(['settings.watch']));
  const third = startProcess('three');
  link.connect(third.channel);
  await link.call('status.get', {});
  expect(third.opened).toEqual([]);
  expect(ended).not.toHaveBeenCalled();
});

test('a node that is replaced before it has gone is heard no more', async () => {
  const link = createNodeLink();
  const first = startProcess('one');
  link.connect(first.channel);
  const second = startProcess('two');
  link.connect(second.channel);
  await link.call('status.get', {});
  expect([first.calls, second.calls.length]).toEqual([[], 1]);
});

test('a subscription that the node itself ends is told and not made again', async () => {
  const link = createNodeLink();
  const ended = vi.fn();
  const refusing = startProcess('one');
  refusing.first('settings.watch', { theme: 'no such theme' });
  link.watch('settings.watch', {}, { next: () => undefined, ended });
  link.connect(refusing.channel);
  await waitFor(() => expect(ended).toHaveBeenCalledWith({ kind: 'bug', incident: 'incident' }));
  const next = startProcess('two');
  link.connect(next.channel);
  await link.call('status.get', {});
  expect(next.opened).toEqual([]);
});
