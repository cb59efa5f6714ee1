import { expect, test } from 'vitest';
import { openPortChannel } from '../../../renderer/rpc/port-channel.ts';

test('takes the port that the shell hands over, and no other', async () => {
  const { port1, port2 } = new MessageChannel();
  let asked = 0;
  const opening = openPortChannel({
    requestPort() {
      asked += 1;
      const stranger = new MessageEvent('message', { data: 'nunba:port', ports: [new MessageChannel().port1] });
      window.dispatchEvent(stranger);
      window.dispatchEvent(new MessageEvent('message', { data: 'nunba:port', ports: [port1], source: window }));
    },
  });
  const channel = await opening;
  const heard = new Promise((resolve) => channel.onFrame(resolve));
  port2.postMessage({ t: 'q' });
  await expect(heard).resolves.toEqual({ t: 'q' });
  expect(asked).toBe(1);
  channel.close();
  port2.close();
});
