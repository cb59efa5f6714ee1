import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { makeMasterKey, startCentral, statusOf } from '../../builders/hive.ts';

test('a central that died between keeping its certificate and its hive knows its hive at the next start', async () => {
  const key = await makeMasterKey();
  const central = await startCentral(key);
  await central.stop();
  const records = new Database(path.join(central.dataFolder, 'nunba.db'));
  const ofAnchor = "FROM hive_state WHERE name = 'anchor'";
  expect(records.prepare(`DELETE ${ofAnchor}`).run().changes).toBe(1);

  await central.again();
  expect(await statusOf(central.dataFolder)).toMatchObject({ tier: 'central', hive: { anchor: key.anchor } });
  expect(records.prepare(`SELECT value_json ${ofAnchor}`).pluck().get()).toBe(JSON.stringify({ anchor: key.anchor }));
  records.close();
}, 60_000);
