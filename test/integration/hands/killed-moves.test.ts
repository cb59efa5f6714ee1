import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Client } from '../../../node-core/api/client.ts';
import { followThread } from '../../builders/followed-thread.ts';
import { serveNode } from '../../builders/node-process.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

const count = 150;
const names = Array.from({ length: count }, (_, index) => `file-${String(index).padStart(3, '0')}.txt`);

/** Allows each deed by itself, and counts the moves that were shown. */
function allowOnce(client: Client, shown: number[]): void {
  const answered = new Set<string>();
  const next = ({ waiting }: { readonly waiting: readonly { callId: string; deed: { kind: string } }[] }): void => {
    for (const { callId, deed } of waiting) {
      if (answered.has(callId)) continue;
      answered.add(callId);
      const changes = 'changes' in deed && Array.isArray(deed.changes) ? deed.changes : [];
      shown.push(changes.filter(({ kind }) => kind === 'move').length);
      client.call('hands.answer', { callId, answer: 'once' }).catch(() => undefined);
    }
  };
  client.watch('hands.watch', {}, { next });
}

async function begin(client: Client, folder: string): Promise<string> {
  const draft = { name: 'Clerk', description: '', instructions: 'Sort.', greeting: '', model: null };
  const agent = await client.call('agents.create', { ...draft, tools: ['move_files'] });
  await client.call('folders.add', { path: folder, owner: { kind: 'agent', agentId: agent.id } });
  const moves = names.map((name) => ({ from: `inbox/${name}`, to: `sorted/${name}` }));
  const recipe = await client.call('recipes.create', {
    title: 'Sort',
    agentId: agent.id,
    job: 'Sort',
    parameters: [],
    steps: [
      { kind: 'tool', toolName: 'move_files', purpose: '', arguments: { moves } },
      { kind: 'say', how: 'template', text: 'All is sorted.' },
    ],
    firstCalls: null,
  });
  return (await client.call('recipes.run', { id: recipe.id, values: {}, conversationId: null })).conversationId;
}

/** Resolves when so many files have arrived. */
const arrived = (folder: string, atLeast: number): Promise<void> =>
  new Promise((resolve) => {
    const watcher = fs.watch(folder, () => {
      if (fs.readdirSync(folder).length < atLeast) return;
      watcher.close();
      resolve();
    });
  });

test('a step that moves many files, killed half-way twice, is finished by carrying the run on: each file once', async () => {
  const folder = path.join(tempFolder(), 'files');
  const [inbox, sorted] = [path.join(folder, 'inbox'), path.join(folder, 'sorted')];
  writeFiles(folder, Object.fromEntries(names.map((name) => [`inbox/${name}`, name])));
  fs.mkdirSync(sorted);
  const dataFolder = path.join(tempFolder(), 'data');
  const shown: number[] = [];
  let conversationId = '';
  const counts: number[] = [];
  for (const life of [1, 2, 3]) {
    const node = await serveNode(dataFolder);
    const client = await node.connect();
    const half = arrived(sorted, fs.readdirSync(sorted).length + 20);
    allowOnce(client, shown);
    if (conversationId === '') conversationId = await begin(client, folder);
    else {
      const answer = await followThread(client, conversationId).answer(({ state }) => state.kind === 'interrupted');
      await client.call('thread.continue', { messageId: answer.id });
    }
    if (life < 3) {
      await half;
      await node.kill();
      counts.push(fs.readdirSync(sorted).length);
      continue;
    }
    const end = await followThread(client, conversationId).answer(({ state }) => state.kind === 'complete');
    expect(end.parts.at(-1)).toEqual({ kind: 'text', text: 'All is sorted.' });
    await node.kill();
  }
  // Killed in earnest in the middle, and shown what was left each time.
  expect(counts.every((files, index) => files > (counts[index - 1] ?? 0) && files < count)).toBe(true);
  expect(shown[0]).toBe(count);
  expect([shown.length, shown.slice(1).every((moves, index) => moves <= count - (counts[index] ?? 0))]).toEqual([
    3,
    true,
  ]);
  expect(fs.readdirSync(inbox)).toEqual([]);
  expect(fs.readdirSync(sorted).sort()).toEqual(names);
  for (const name of names) expect(fs.readFileSync(path.join(sorted, name), 'utf8')).toBe(name);
  const database = new Database(path.join(dataFolder, 'nunba.db'), { readonly: true });
  const times = database
    .prepare("SELECT count(*) AS times FROM deed_steps WHERE state = 'done' GROUP BY effect_json")
    .pluck()
    .all();
  database.close();
  expect(times).toEqual(names.map(() => 1));
}, 120_000);
