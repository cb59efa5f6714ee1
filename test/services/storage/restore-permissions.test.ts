import { expect, test } from 'vitest';
import { openTestChat } from '../../builders/chat.ts';
import { openTestHands } from '../../builders/hands.ts';
import { testId } from '../../builders/ids.ts';

const grant = (id: string) => ({
  id,
  agent_id: 'nunba',
  tool_name: 'fetch_page',
  subject_json: JSON.stringify({ kind: 'host', host: 'example.org' }),
  conversation_id: null,
  given_at: 1,
});

test.each(['replace', 'merge'] as const)(
  'a restore by %s gives back no permission that was taken back',
  async (mode) => {
    const open = await openTestChat();
    const { db } = open.storage;
    await db
      .insertInto('grants')
      .values(grant(testId(1)))
      .execute();
    const backup = await open.storage.backup();
    const { hands, view } = await openTestHands({ storage: open.storage });
    await hands.handlers.calls['hands.revoke']({ grantId: testId(1) });
    await db
      .insertInto('grants')
      .values(grant(testId(2)))
      .execute();
    await open.storage.restore({ name: backup.name, mode, permit: () => undefined });
    const kept = await open.storage.db.selectFrom('grants').select('id').execute();
    expect(kept).toEqual([{ id: testId(2) }]);
    if (mode === 'replace') expect(view().grants.map(({ id }) => id)).toEqual([testId(2)]);
  },
);

test('a restore switches no commands on, confirms no program and starts no work that was ended', async () => {
  const { storage } = await openTestChat();
  const setting = { name: 'settings.allowCommands', value_json: 'true' };
  await storage.db.insertInto('settings').values(setting).execute();
  const server = { id: testId(3), slug: 'a', name: 'A', definition_json: '{}', confirmed_line: 'npx a' };
  await storage.db
    .insertInto('tool_servers')
    .values({ ...server, tools_json: '[]', created_at: 1, updated_at: 1, deleted_at: null })
    .execute();
  const recipe = { id: testId(4), draft_json: '{}', created_at: 1, updated_at: 1, deleted_at: null };
  await storage.db.insertInto('recipes').values(recipe).execute();
  const schedule = { recipe_id: testId(4), plan_json: '{}', is_paused: 0, next_at: 1, last_at: null, created_at: 1 };
  for (const number of [5, 6]) {
    await storage.db
      .insertInto('recipe_schedules')
      .values({ id: testId(number), ...schedule })
      .execute();
  }
  const backup = await storage.backup();
  await storage.db.updateTable('settings').set({ value_json: 'false' }).where('name', '=', setting.name).execute();
  await storage.db.deleteFrom('recipe_schedules').where('id', '=', testId(6)).execute();
  await storage.restore({ name: backup.name, mode: 'replace', permit: () => undefined });
  const { db } = storage;
  expect(await db.selectFrom('settings').selectAll().where('name', '=', setting.name).execute()).toEqual([
    { ...setting, value_json: 'false' },
  ]);
  expect(await db.selectFrom('tool_servers').select('confirmed_line').execute()).toEqual([{ confirmed_line: null }]);
  expect(await db.selectFrom('recipe_schedules').select(['id', 'is_paused']).orderBy('id').execute()).toEqual([
    { id: testId(5), is_paused: 0 },
    { id: testId(6), is_paused: 1 },
  ]);
});

test('a merge brings back no folder that was taken out of a collection, and attaches nothing that was detached', async () => {
  const open = await openTestChat();
  const { db } = open.storage;
  const collection = (id: string) => ({
    id,
    name: 'Notes',
    most_files: 1,
    most_bytes: 1,
    is_paused: 0,
    created_at: 1,
    deleted_at: null,
  });
  const [kept, lost] = [testId(1), testId(2)];
  await db
    .insertInto('knowledge_collections')
    .values([collection(kept), collection(lost)])
    .execute();
  const root = (id: string, collection_id: string) => ({ id, collection_id, path: `/home/me/${id}`, position: 0 });
  await db
    .insertInto('knowledge_roots')
    .values([root('private', kept), root('whole', lost)])
    .execute();
  const here = await open.call('conversations.create', { agentId: 'nunba', model: null });
  const gone = await open.call('conversations.create', { agentId: 'nunba', model: null });
  const attached = [here.id, gone.id].map((conversation_id) => ({ conversation_id, collection_id: kept }));
  await db.insertInto('knowledge_conversations').values(attached).execute();
  const backup = await open.storage.backup();
  await db.deleteFrom('knowledge_roots').execute();
  await db.deleteFrom('knowledge_collections').where('id', '=', lost).execute();
  await db.deleteFrom('knowledge_conversations').execute();
  await db.deleteFrom('conversations').where('id', '=', gone.id).execute();
  await open.storage.restore({ name: backup.name, mode: 'merge', permit: () => undefined });
  const after = open.storage.db;
  expect(await after.selectFrom('knowledge_roots').select('id').execute()).toEqual([{ id: 'whole' }]);
  expect(await after.selectFrom('knowledge_conversations').select('conversation_id').execute()).toEqual([
    { conversation_id: gone.id },
  ]);
});
