import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../../../node-core/storage/open-storage.ts';
import { damageTable } from '../../builders/damage-table.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const permit = (): void => undefined;

async function open() {
  const folder = tempFolder();
  const [file, backupsFolder] = [path.join(folder, 'nunba.db'), path.join(folder, 'backups')];
  const options = { file, backupsFolder, clock: createFakeClock(1_000), log: createRecordedLog() };
  const first = await openStorage(options);
  await first.db.insertInto('settings').values({ name: 'theme', value_json: '"dark"' }).execute();
  const backup = await first.backup();
  await first.close();
  // Opened anew, so that nothing of a table is held in memory.
  const storage = await openStorage(options);
  onTestFinished(() => storage.close());
  return { storage, file, backup };
}

test('a look that could not be made is no damage, and what was found before stays', async () => {
  const { storage, file } = await open();
  await storage.check();
  const before = storage.lastCheck();
  fs.renameSync(file, `${file}.away`);
  await expect(storage.check()).rejects.toMatchObject({ failure: { kind: 'folder-unwritable' } });
  fs.renameSync(`${file}.away`, file);
  expect(storage.lastCheck()).toBe(before);
});

test('a file that is no database any more is damage', async () => {
  const { storage, file } = await open();
  fs.writeFileSync(file, Buffer.alloc(64 * 1024, 0xaa));
  expect(await storage.check()).toHaveLength(1);
  expect(storage.lastCheck()?.problems).toHaveLength(1);
});

test('a restore waits for a look that has begun, and one that is asked for meanwhile waits for the restore', async () => {
  const { storage, file, backup } = await open();
  damageTable(file, 'settings');
  const order: string[] = [];
  const before = storage.check().then((problems) => {
    order.push('before');
    return problems;
  });
  const restored = storage.restore({ name: backup.name, mode: 'replace', permit }).then(() => order.push('restored'));
  const after = storage.check().then((problems) => {
    order.push('after');
    return problems;
  });
  expect(await before).not.toEqual([]);
  expect(await after).toEqual([]);
  await restored;
  expect(order).toEqual(['before', 'restored', 'after']);
  expect(storage.lastCheck()?.problems).toEqual([]);
});

test('what was found before a restore is not said of what it brought', async () => {
  const { storage, backup } = await open();
  await storage.check();
  await storage.restore({ name: backup.name, mode: 'replace', permit });
  expect(storage.lastCheck()).toBeNull();
});
