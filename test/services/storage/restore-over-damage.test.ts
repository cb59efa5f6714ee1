import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../../../node-core/storage/open-storage.ts';
import type { Storage } from '../../../node-core/storage/storage.ts';
import { damageTable } from '../../builders/damage-table.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const permit = (): void => undefined;
const member = {
  public_key: 'a'.repeat(64),
  node_name: 'studio',
  sealing_key: 'b'.repeat(64),
  advertised_url: null,
  advertised_tls: null,
  fqdn: null,
  renewed_at: null,
  ended_at: null,
  ended_reason: null,
  tier: 'regional',
  state: 'active',
  may_issue: 0,
  certificate_ends_at: 1,
  joined_at: 1,
} as const;

/** A database with a setting, its backup, then damage to a table. */
async function damaged(table: string, prepare: (storage: Storage) => Promise<unknown> = async () => undefined) {
  const folder = tempFolder();
  const [file, backupsFolder] = [path.join(folder, 'nunba.db'), path.join(folder, 'backups')];
  const options = { file, backupsFolder, clock: createFakeClock(1_000), log: createRecordedLog() };
  const first = await openStorage(options);
  await first.db.insertInto('settings').values({ name: 'theme', value_json: '"dark"' }).execute();
  await prepare(first);
  const backup = await first.backup();
  await first.close();
  // Opened anew, so that nothing of the table is held in memory.
  const storage = await openStorage(options);
  onTestFinished(() => storage.close());
  damageTable(file, table);
  expect(await storage.check()).not.toEqual([]);
  return { storage, backup, backupsFolder, file };
}

const theme = (storage: Storage) =>
  storage.db.selectFrom('settings').select('value_json').where('name', '=', 'theme').executeTakeFirst();

test.each(['conversations', 'messages', 'settings', 'hive_members'])(
  'a backup takes the place of a database whose %s are damaged, and the damaged one is kept as it was',
  async (table) => {
    const { storage, backup, backupsFolder, file } = await damaged(table);
    const before = fs.readFileSync(file);
    const { copyOfPresent } = await storage.restore({ name: backup.name, mode: 'replace', permit });
    expect(copyOfPresent.reason).toBe('damaged');
    expect(fs.readFileSync(path.join(backupsFolder, copyOfPresent.name)).equals(before)).toBe(true);
    expect(await storage.check()).toEqual([]);
    expect(await theme(storage)).toEqual({ value_json: '"dark"' });
    expect(storage.facts().counts).toEqual({ conversations: 0, messages: 0 });
  },
);

test('what it holds is told as far as it can be read, so that a person can choose a backup at all', async () => {
  const { storage, backup } = await damaged('conversations');
  expect(storage.facts()).toMatchObject({ counts: null, backups: [{ name: backup.name }] });
  expect(await storage.compareBackup(backup.name)).toMatchObject({ inPresent: null, onlyInPresentCount: 0 });
});

test('a merge into it is refused, as nobody could say what it became', async () => {
  const { storage, backup } = await damaged('messages');
  await expect(storage.restore({ name: backup.name, mode: 'merge', permit })).rejects.toMatchObject({
    failure: { kind: expect.stringMatching(/^(?:backup-unreadable|storage-damaged)$/) },
  });
});

test('a node that has taken others in refuses a backup that would undo what it decided since', async () => {
  const { storage, backup } = await damaged('hive_members', (first) =>
    first.db.insertInto('hive_members').values(member).execute(),
  );
  await expect(storage.restore({ name: backup.name, mode: 'replace', permit })).rejects.toMatchObject({
    failure: { kind: 'storage-damaged' },
  });
});

test('a backup over a damaged database allows nothing: what was taken back since cannot be known', async () => {
  const grant = { id: 'g', agent_id: 'nunba', tool_name: 'fetch_page', subject_json: '{}', conversation_id: null };
  const { storage, backup } = await damaged('settings', async ({ db }) => {
    await db
      .insertInto('grants')
      .values({ ...grant, given_at: 1 })
      .execute();
    await db.insertInto('settings').values({ name: 'settings.allowCommands', value_json: 'true' }).execute();
  });
  await storage.restore({ name: backup.name, mode: 'replace', permit });
  expect(await storage.db.selectFrom('grants').selectAll().execute()).toEqual([]);
  expect(await storage.db.selectFrom('settings').select('name').where('name', 'like', '%Commands').execute()).toEqual(
    [],
  );
});
