import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openRegistry, type Registry } from '../../../node-core/agents/registry.ts';
import type { AgentDraft, AgentView } from '../../../node-core/api/agent-views.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { openStorage } from '../../../node-core/storage/open-storage.ts';
import { createSettings } from '../../../node-core/storage/settings.ts';
import type { Storage } from '../../../node-core/storage/storage.ts';
import { createIds, testId } from '../../builders/ids.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const shippedFolder = path.join(import.meta.dirname, '../../../resources/agents');
const draft: AgentDraft = {
  name: 'Pirate',
  description: 'Talks like one.',
  instructions: 'Talk like a pirate.',
  greeting: 'Ahoy.',
  model: null,
  tools: ['search_chats'],
  servers: [],
  knowledge: [],
};
const day = 24 * 60 * 60 * 1000;

const open = async () => {
  const root = tempFolder();
  const clock = createFakeClock(1_750_000_000_000);
  const log = createRecordedLog();
  const storage = await openStorage({
    file: path.join(root, 'nunba.db'),
    backupsFolder: path.join(root, 'backups'),
    clock,
    log,
  });
  onTestFinished(() => storage.close());
  const settings = createSettings(storage);
  const ids = createIds();
  const openAgain = async (folder = shippedFolder): Promise<Registry> => {
    const registry = await openRegistry({ storage, folder, clock, ids, log, settings });
    onTestFinished(() => registry.stop());
    return registry;
  };
  return { storage, settings, clock, log, openAgain, registry: await openAgain() };
};

const refusal = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
    return null;
  } catch (error) {
    return failureOf(error) ?? error;
  }
};

const watch = async (registry: Registry): Promise<AgentView[][]> => {
  const items: AgentView[][] = [];
  const end = await registry.handlers.subscriptions['agents.watch']({}, { next: (agents) => items.push(agents) });
  onTestFinished(end);
  return items;
};

const insertConversation = (storage: Storage, agentId: string) =>
  storage.db
    .insertInto('conversations')
    .values({
      id: testId(1, 9),
      title: 'x',
      agent_id: agentId,
      model: null,
      parameters_json: '{"temperature":null,"topP":null,"maxOutputTokens":null}',
      is_pinned: 0,
      created_at: 1,
      updated_at: 1,
      leaf_id: null,
      deleted_at: null,
    })
    .execute();

describe('the registry of agents', () => {
  it('has those that come with Nunba, which cannot be changed', async () => {
    const { registry } = await open();
    const { calls } = registry.handlers;
    expect(registry.all().map(({ id, source, isDefault }) => [id, source, isDefault])[0]).toEqual([
      'nunba',
      'shipped',
      true,
    ]);
    expect(registry.all()).toHaveLength(7);
    for (const change of [
      () => calls['agents.update']({ id: 'coder', draft }),
      () => calls['agents.delete']({ id: 'coder' }),
      () => calls['agents.restore']({ id: 'coder' }),
    ]) {
      expect(await refusal(change)).toEqual({ kind: 'set-elsewhere', name: 'The agent Coder', source: 'Nunba itself' });
    }
  });

  it('keeps, changes, deletes and brings back the person’s own', async () => {
    const { registry, openAgain } = await open();
    const { calls } = registry.handlers;
    const made = await calls['agents.create'](draft);
    expect(made).toEqual({
      ...draft,
      id: expect.stringMatching(/^own-[0-9a-z]{26}$/),
      source: 'person',
      engine: 'model',
      leaves: 'nothing',
      isDefault: false,
    });
    const changed = await calls['agents.update']({ id: made.id, draft: { ...draft, name: 'Captain' } });
    expect(changed.name).toBe('Captain');
    await calls['agents.delete']({ id: made.id });
    expect([registry.exists(made.id), registry.all().length]).toEqual([false, 7]);
    expect(await refusal(() => calls['agents.update']({ id: made.id, draft }))).toEqual({
      kind: 'not-found',
      what: 'agent',
    });
    expect(await refusal(() => calls['agents.delete']({ id: made.id }))).toEqual({ kind: 'not-found', what: 'agent' });
    expect(await calls['agents.restore']({ id: made.id })).toEqual(changed);
    expect(await calls['agents.restore']({ id: made.id })).toEqual(changed);
    expect((await openAgain()).find(made.id)).toEqual(changed);
  });

  it('refuses what it does not have', async () => {
    const { registry } = await open();
    expect(registry.find('own-nobody')).toBeNull();
    expect(await refusal(() => registry.handlers.calls['agents.restore']({ id: 'own-nobody' }))).toEqual({
      kind: 'not-found',
      what: 'agent',
    });
  });

  it('lets the conversations of a deleted agent go on', async () => {
    const { registry, openAgain, storage, clock } = await open();
    const { calls } = registry.handlers;
    const used = await calls['agents.create'](draft);
    const unused = await calls['agents.create'](draft);
    await insertConversation(storage, used.id);
    await calls['agents.delete']({ id: used.id });
    await calls['agents.delete']({ id: unused.id });
    expect(registry.find(used.id)).toEqual(used);
    await clock.advance(29 * day);
    expect((await openAgain()).find(unused.id)).toEqual(unused);
    await clock.advance(2 * day);
    const later = await openAgain();
    expect([later.find(used.id)?.name, later.find(unused.id)]).toEqual(['Pirate', null]);
  });

  it('holds at most 100 of the person’s own, deleted ones not counted', async () => {
    const { registry } = await open();
    const { calls } = registry.handlers;
    const made: AgentView[] = [];
    for (let number = 0; number < 100; number += 1) made.push(await calls['agents.create'](draft));
    const tooMany = { kind: 'too-many', what: 'agents', limit: 100 };
    expect(await refusal(() => calls['agents.create'](draft))).toEqual(tooMany);
    const first = made[0]?.id ?? '';
    await calls['agents.delete']({ id: first });
    await calls['agents.create'](draft);
    expect(await refusal(() => calls['agents.restore']({ id: first }))).toEqual(tooMany);
    expect(registry.all()).toHaveLength(107);
  });

  it('never exceeds the limit when many are made at once', async () => {
    const { registry } = await open();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 120 }, () => registry.handlers.calls['agents.create'](draft)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    expect(registry.all()).toHaveLength(107);
  });

  it('tells watchers the present agents and every change', async () => {
    const { registry, settings } = await open();
    const items = await watch(registry);
    const made = await registry.handlers.calls['agents.create'](draft);
    await settings.update({ defaultAgentId: made.id });
    await registry.handlers.calls['agents.delete']({ id: made.id });
    expect(items.map((agents) => [agents.length, agents.find(({ isDefault }) => isDefault)?.id])).toEqual([
      [7, 'nunba'],
      [8, 'nunba'],
      [8, made.id],
      [7, 'nunba'],
    ]);
    expect(registry.defaultId()).toBe('nunba');
    await registry.handlers.calls['agents.restore']({ id: made.id });
    expect(registry.defaultId()).toBe(made.id);
  });

  it('follows a restore of the database', async () => {
    const { registry, storage } = await open();
    const made = await registry.handlers.calls['agents.create'](draft);
    const backup = await storage.backup();
    await registry.handlers.calls['agents.update']({ id: made.id, draft: { ...draft, name: 'Later' } });
    const items = await watch(registry);
    await storage.restore({ name: backup.name, mode: 'replace', permit: () => undefined });
    expect(registry.find(made.id)?.name).toBe('Pirate');
    expect(items.at(-1)?.find(({ id }) => id === made.id)?.name).toBe('Pirate');
  });

  it('leaves a stored agent out that cannot be read, with one line', async () => {
    const { registry, storage, openAgain, log } = await open();
    const made = await registry.handlers.calls['agents.create'](draft);
    const other = await registry.handlers.calls['agents.create'](draft);
    await storage.db.updateTable('agents').set({ draft_json: '{"name":' }).where('id', '=', made.id).execute();
    const again = await openAgain();
    expect([again.find(made.id), again.find(other.id)?.name]).toEqual([null, 'Pirate']);
    expect(log.lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields)).toEqual([{ agent: made.id }]);
  });

  it('works with no agent at all', async () => {
    const { openAgain } = await open();
    const own = tempFolder();
    writeFiles(own, {});
    const registry = await openAgain(own);
    expect([registry.all(), registry.defaultId(), registry.find('nunba')]).toEqual([[], 'nunba', null]);
  });
});
