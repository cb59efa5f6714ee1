import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { Client } from '../../../node-core/api/client.ts';
import type { AssistantMessageView } from '../../../node-core/api/conversation-views.ts';
import type { RecipesView, RunView, StepView } from '../../../node-core/api/recipe-views.ts';
import { type FollowedThread, followThread } from '../../builders/followed-thread.ts';
import { type ServedNode, serveNode } from '../../builders/node-process.ts';
import { randomFrom } from '../../builders/random-from.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const pairs = 5;
const leastKills = 6;
const mostLives = 60;
/** How often a run is carried on in one life: after the crash, and after it has told of what ended in the middle. */
const mostTimes = 3;

const contentOf = (number: number): string => `written by the recipe, ${number}\n`;

/** Ten steps: a file is written, then moved, five times. */
const steps: readonly StepView[] = Array.from({ length: pairs }, (_, index) => index + 1).flatMap(
  (number): StepView[] => [
    {
      kind: 'tool',
      toolName: 'write_file',
      purpose: '',
      arguments: { path: `inbox/{{name}}-${number}.txt`, content: contentOf(number) },
    },
    {
      kind: 'tool',
      toolName: 'move_files',
      purpose: '',
      arguments: { moves: [{ from: `inbox/{{name}}-${number}.txt`, to: `sorted/{{name}}-${number}.txt` }] },
    },
  ],
);

/** Allows each deed by itself, as the person would; every step waits for it. */
function allowOnce(client: Client): void {
  client.watch(
    'hands.watch',
    {},
    {
      next: ({ waiting }) => {
        for (const { callId } of waiting) {
          // Answered already, or gone with its answer.
          client.call('hands.answer', { callId, answer: 'once' }).catch(() => undefined);
        }
      },
    },
  );
}

/** The newest run as a watcher is told of it. */
function followRun(client: Client): (isSo: (run: RunView) => boolean) => Promise<RunView> {
  let seen: RecipesView | null = null;
  const listeners = new Set<() => void>();
  client.watch(
    'recipes.watch',
    {},
    {
      next: (view) => {
        seen = view;
        for (const listener of [...listeners]) listener();
      },
    },
  );
  return (isSo) =>
    new Promise((resolve) => {
      const look = (): void => {
        const run = seen?.runs[0];
        if (!run || !isSo(run)) return;
        listeners.delete(look);
        resolve(run);
      };
      listeners.add(look);
      look();
    });
}

async function begin(client: Client, folder: string): Promise<string> {
  const draft = { name: 'Clerk', description: '', instructions: 'Sort.', greeting: '', model: null };
  const agent = await client.call('agents.create', { ...draft, tools: ['write_file', 'move_files'] });
  await client.call('folders.add', { path: folder, owner: { kind: 'agent', agentId: agent.id } });
  const recipe = await client.call('recipes.create', {
    title: 'Write and sort',
    agentId: agent.id,
    job: 'Write and sort {{name}}',
    parameters: [{ name: 'name', type: 'text', value: 'note' }],
    steps: [...steps, { kind: 'say', how: 'template', text: 'All of {{name}} is sorted.' }],
    firstCalls: null,
  });
  const run = await client.call('recipes.run', { id: recipe.id, values: { name: 'page' }, conversationId: null });
  return run.conversationId;
}

const isComplete = ({ state }: AssistantMessageView): boolean => state.kind === 'complete';

/** Carries on what was interrupted, and what stopped to tell of a deed that had ended in the middle. */
async function carryOn(client: Client, thread: FollowedThread): Promise<AssistantMessageView> {
  for (let times = 0; ; times += 1) {
    const answer = await thread.answer(({ state }) => state.kind !== 'queued' && state.kind !== 'streaming');
    if (isComplete(answer) || times === mostTimes) return answer;
    const { length } = thread.items;
    await client.call('thread.continue', { messageId: answer.id });
    await thread.answer(() => thread.items.length > length);
  }
}

interface Job {
  readonly dataFolder: string;
  readonly folder: string;
  conversationId: string | null;
}

/** One life of the node; `killAfter` tells when it is killed. */
async function live(
  job: Job,
  killAfter: ((nextRun: ReturnType<typeof followRun>) => Promise<void>) | null,
): Promise<AssistantMessageView | null> {
  const node: ServedNode = await serveNode(job.dataFolder);
  const client = await node.connect();
  allowOnce(client);
  const nextRun = followRun(client);
  job.conversationId ??= await begin(client, job.folder);
  const done = carryOn(client, followThread(client, job.conversationId));
  // The line ends with the node.
  done.catch(() => undefined);
  const killed = (killAfter ? killAfter(nextRun) : new Promise<never>(() => undefined)).then(() => null);
  const answer = await Promise.race([done, killed]);
  await node.kill();
  return answer;
}

type Moment = (nextRun: ReturnType<typeof followRun>, folder: string) => Promise<unknown>;

const changed: Moment = (_, folder) =>
  new Promise((resolve) => {
    const watcher = fs.watch(path.join(folder, 'sorted'), () => {
      watcher.close();
      resolve(null);
    });
    onTestFinished(() => watcher.close());
  });

const anyStep: Moment = async (nextRun) => {
  const { stepsDone } = await nextRun(({ state }) => state === 'running' || state === 'waiting');
  await nextRun((run) => run.stepsDone > stepsDone);
};

test('a recipe of ten steps that change files, killed at random points, does each of them exactly once', async () => {
  const random = randomFrom(20_261_129);
  const folder = path.join(tempFolder(), 'files');
  for (const name of ['inbox', 'sorted']) fs.mkdirSync(path.join(folder, name), { recursive: true });
  const job: Job = { dataFolder: path.join(tempFolder(), 'data'), folder, conversationId: null };
  let kills = 0;
  let end: AssistantMessageView | null = null;
  for (let life = 0; life < mostLives && end === null; life += 1) {
    // Every second time the moment a file is in its place, before anybody can have noted it; else at any moment.
    const [killAfter, restMs] = [life % 2 === 0 ? changed : anyStep, random() * (life % 2 === 0 ? 2 : 30)];
    const ends = async (nextRun: ReturnType<typeof followRun>): Promise<void> => {
      await killAfter(nextRun, folder);
      await passed(restMs);
    };
    end = await live(job, kills >= leastKills ? null : ends);
    if (end === null) kills += 1;
  }
  expect(kills).toBeGreaterThanOrEqual(leastKills);
  expect(end?.state).toEqual({ kind: 'complete', reason: 'complete' });
  expect(end?.parts.at(-1)).toEqual({ kind: 'text', text: 'All of page is sorted.' });

  const numbers = Array.from({ length: pairs }, (_, index) => index + 1);
  expect(fs.readdirSync(path.join(folder, 'inbox'))).toEqual([]);
  const sorted = fs.readdirSync(path.join(folder, 'sorted')).sort();
  expect(sorted).toEqual(numbers.map((number) => `page-${number}.txt`));
  for (const number of numbers) {
    expect(fs.readFileSync(path.join(folder, 'sorted', `page-${number}.txt`), 'utf8')).toBe(contentOf(number));
  }

  const database = new Database(path.join(job.dataFolder, 'nunba.db'), { readonly: true });
  const done = database
    .prepare("SELECT effect_json, count(*) AS times FROM deed_steps WHERE state = 'done' GROUP BY 1")
    .all() as { readonly effect_json: string; readonly times: number }[];
  const open = database.prepare("SELECT count(*) FROM deed_steps WHERE state IN ('started', 'unknown')").pluck().get();
  database.close();
  // Five files written, five moved: each once.
  expect(done.map(({ times }) => times)).toEqual(Array.from({ length: 2 * pairs }, () => 1));
  expect(open).toBe(0);
}, 240_000);
