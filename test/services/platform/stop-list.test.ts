import { expect, test } from 'vitest';
import { createStopList } from '../../../node-core/platform/stop-list.ts';

test('everything is stopped once, the last first, whatever fails', async () => {
  const stops = createStopList();
  const stopped: string[] = [];
  stops.add(() => void stopped.push('first'));
  stops.add(async () => {
    stopped.push('second');
    throw new Error('could not');
  });
  stops.add(() => void stopped.push('third'));
  await expect(stops.stopAll()).rejects.toThrow('could not');
  await expect(stops.stopAll()).rejects.toThrow('could not');
  expect(stopped).toEqual(['third', 'second', 'first']);
});
