import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createNodeHands } from '../../../node-core/composition/node-hands.ts';
import { openChildRecords } from '../../../node-core/platform/child-records.ts';
import { placesIn } from '../../../node-core/platform/data-folder.ts';
import { createSettings } from '../../../node-core/storage/settings.ts';
import { createIds, testId } from '../../builders/ids.ts';
import { testStorage } from '../../builders/models.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

test('a folder that became part of a wider one takes along what was allowed in it', async () => {
  const storage = await testStorage();
  const data = tempFolder();
  const hands = await createNodeHands({
    storage,
    clock: createFakeClock(1),
    ids: createIds(),
    log: createRecordedLog(),
    places: placesIn(data),
    children: openChildRecords(data),
    version: '1',
    host: {
      fork: () => {
        throw new Error('nothing is computed here');
      },
    },
    agentExists: () => true,
    settings: createSettings(storage),
  });
  onTestFinished(() => hands.stop());
  const outer = fs.realpathSync(tempFolder());
  const inner = path.join(outer, 'inner');
  fs.mkdirSync(inner);
  const { calls } = hands.handlers;
  const owner = { kind: 'agent', agentId: 'nunba' } as const;
  await calls['folders.add']({ path: inner, owner });
  const { gate } = hands.hands;
  const deed = { kind: 'change-files', folder: inner, changes: [] } as const;
  const place = { agentId: 'nunba', toolName: 'write_file', conversationId: testId(1), deed };
  const asked = gate.ask({ callId: 'c1', ...place, since: 1 }, new AbortController().signal);
  await calls['hands.answer']({ callId: 'c1', answer: 'always' });
  expect(await asked).toBe('always');
  expect(gate.judge({ ...place, canAsk: true }).kind).toBe('allowed');
  await calls['folders.add']({ path: outer, owner });
  expect(gate.judge({ ...place, canAsk: true }).kind).toBe('ask');
});
