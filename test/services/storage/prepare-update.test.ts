import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openAfterUpdate } from '../../../node-core/storage/open-after-update.ts';
import { prepareUpdate } from '../../../node-core/storage/prepare-update.ts';
import { readUpdateRecord } from '../../../node-core/storage/update-record.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const at = Date.UTC(2026, 10, 22, 9);
const hourMs = 3_600_000;

/** A node of 0.1.0 whose updates can be prepared. */
async function running() {
  const folder = tempFolder();
  const updateRecord = path.join(folder, 'update.json');
  const backupsFolder = path.join(folder, 'backups');
  const options = { file: path.join(folder, 'nunba.db'), backupsFolder, log: createRecordedLog() };
  const clock = createFakeClock(at);
  const version = '0.1.0';
  const storage = await openAfterUpdate({ ...options, clock }, { record: updateRecord, version });
  onTestFinished(() => storage.close());
  return {
    names: () => fs.readdirSync(backupsFolder),
    noted: () => readUpdateRecord(updateRecord)?.snapshot,
    /** @param hours by which the clock is wrong */
    prepare: async (hours: number) => {
      const { name } = await storage.backup('before-update');
      const ends = new Date(at + hours * hourMs).toISOString().replace(/[-:.]/g, '');
      const renamed = `nunba-${ends}-before-update.db`;
      fs.renameSync(path.join(backupsFolder, name), path.join(backupsFolder, renamed));
      const backup = () =>
        Promise.resolve({ name: renamed, at: at + hours * hourMs, sizeBytes: 1, reason: 'before-update' as const });
      await prepareUpdate({ storage: { backup }, backupsFolder, updateRecord, clock, version, toVersion: '0.2.0' });
      return renamed;
    },
  };
}

test('a clock that was set back does not cost the snapshot that was just made', async () => {
  const { prepare, names, noted } = await running();
  const earlier = [await prepare(5), await prepare(6), await prepare(7)];
  const present = await prepare(1);
  expect(names().sort()).toEqual([present, ...earlier.slice(1)]);
  expect(noted()).toBe(present);
});

test('an old snapshot that cannot be removed does not refuse the update', async () => {
  const { prepare, names, noted } = await running();
  const earlier = [await prepare(1), await prepare(2), await prepare(3)];
  const remove = fs.rmSync;
  const spy = vi.spyOn(fs, 'rmSync').mockImplementation((file, options) => {
    if (String(file).endsWith(earlier[0] ?? '')) throw new Error('EPERM: in use');
    remove(file, options);
  });
  onTestFinished(() => spy.mockRestore());
  const present = await prepare(4);
  expect(names().sort()).toEqual([...earlier, present]);
  expect(noted()).toBe(present);
});
