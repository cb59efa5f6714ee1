import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toolsOf } from '../../../node-core/agents/tools/toolbox.ts';
import { toolNameSchema } from '../../../node-core/api/agent-views.ts';
import { createNodeHands } from '../../../node-core/composition/node-hands.ts';
import { openChildRecords } from '../../../node-core/platform/child-records.ts';
import { placesIn } from '../../../node-core/platform/data-folder.ts';
import { insideTools } from '../../../node-core/protocol/hands/inside-tools.ts';
import { createSettings } from '../../../node-core/storage/settings.ts';
import { createIds } from '../../builders/ids.ts';
import { testStorage } from '../../builders/models.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

test('the page and the model are told of the same tools that what they bring is from outside', async () => {
  const storage = await testStorage();
  const folder = tempFolder();
  const settings = createSettings(storage);
  await settings.update({ allowCommands: true });
  const hands = await createNodeHands({
    storage,
    settings,
    clock: createFakeClock(1_760_000_000_000),
    ids: createIds(),
    log: createRecordedLog(),
    places: placesIn(folder),
    children: openChildRecords(path.join(folder, 'run')),
    version: '1.0.0',
    host: {
      fork: () => {
        throw new Error('nothing is computed here');
      },
    },
    agentExists: () => true,
  });
  onTestFinished(() => hands.stop());
  await hands.handlers.calls['folders.add']({ path: tempFolder(), owner: { kind: 'agent', agentId: 'nunba' } });
  const terms = {
    agentId: 'nunba',
    conversationId: 'x',
    tools: [...toolNameSchema.options],
    servers: [],
    knowledge: [],
  };
  const tools = await toolsOf(hands.sources, terms);
  expect(tools.length).toBeGreaterThan(8);
  expect(
    tools
      .filter(({ isOutside }) => !isOutside)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...insideTools].sort());
});
