import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Client } from '../../../node-core/api/client.ts';
import type { AssistantMessageView } from '../../../node-core/api/conversation-views.ts';
import { followThread } from '../../builders/followed-thread.ts';
import { modelServer } from '../../builders/model-server.ts';
import { type ServedNode, serveNode } from '../../builders/node-process.ts';
import { randomFrom } from '../../builders/random-from.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import type { AskedPrompt, Reply } from '../../doubles/model-server/reply.ts';
import type { ModelServer } from '../../doubles/model-server/start-model-server.ts';

const stepCount = 20;
const leastKills = 8;
const mostLives = 80;
const fileOf = (step: number): string => `step-${String(step).padStart(2, '0')}.txt`;

/** A model that writes one file after the other, and goes on from what it is told was done. */
function nextStep({ messages }: AskedPrompt): Reply {
  const told = messages.filter(({ role }) => role === 'tool').map(({ text }) => text);
  const isDone = (step: number): boolean =>
    told.some((text) => text.includes(fileOf(step)) && !text.includes('was not'));
  const steps = Array.from({ length: stepCount }, (_, index) => index + 1);
  const step = steps.find((each) => !isDone(each));
  if (step === undefined) {
    return { kind: 'stream', pieces: [{ kind: 'text', text: 'All is written.' }], rate: null, ending: 'finish' };
  }
  const given = { path: fileOf(step), content: `written for step ${step}\n` };
  const piece = { kind: 'tool-call' as const, id: `call${step}`, name: 'write_file', arguments: given };
  return { kind: 'stream', pieces: [piece], rate: null, ending: 'finish' };
}

const isEnded = ({ state }: AssistantMessageView): boolean => state.kind !== 'queued' && state.kind !== 'streaming';

/** Allows in this chat whatever is asked, as the person would. */
function allowInChat(client: Client): void {
  client.watch(
    'hands.watch',
    {},
    {
      next: ({ waiting }) => {
        for (const { callId } of waiting) {
          // Answered already, or gone with its answer.
          client.call('hands.answer', { callId, answer: 'chat' }).catch(() => undefined);
        }
      },
    },
  );
}

async function begin(client: Client, folder: string): Promise<string> {
  const draft = { name: 'Writer', description: '', instructions: 'Write.', greeting: '', model: null };
  const agent = await client.call('agents.create', { ...draft, tools: ['write_file'] });
  await client.call('folders.add', { path: folder, owner: { kind: 'agent', agentId: agent.id } });
  const { id } = await client.call('conversations.create', { agentId: agent.id, model: null });
  await client.call('thread.send', { conversationId: id, text: 'Write twenty files', attachmentIds: [] });
  return id;
}

interface Job {
  readonly server: ModelServer;
  readonly dataFolder: string;
  readonly folder: string;
  conversationId: string | null;
}

/** One life of the node: begins or goes on with the job, until `ends` resolves or the job is done. */
async function live(job: Job, ends: () => Promise<unknown>): Promise<AssistantMessageView | null> {
  const environment = { HEVOLVE_LLM_ENDPOINT_URL: `${job.server.url}/v1`, HEVOLVE_LLM_MODEL_NAME: 'test-model' };
  const node: ServedNode = await serveNode(job.dataFolder, environment);
  const client = await node.connect();
  allowInChat(client);
  if (job.conversationId === null) job.conversationId = await begin(client, job.folder);
  const thread = followThread(client, job.conversationId);
  const before = await thread.answer(() => true);
  if (before.state.kind === 'interrupted') await client.call('thread.continue', { messageId: before.id });
  const done = thread.answer((answer) => isEnded(answer) && answer.state.kind !== 'interrupted');
  const killed = ends().then(() => null);
  const answer = await Promise.race([done, killed]);
  await node.kill();
  done.catch(() => undefined);
  return answer;
}

test('a job of twenty steps, killed at random points, goes on where it stopped and does nothing twice', async () => {
  const random = randomFrom(20_261_128);
  const server = await modelServer();
  const folder = path.join(tempFolder(), 'files');
  fs.mkdirSync(folder);
  const job: Job = { server, dataFolder: path.join(tempFolder(), 'data'), folder, conversationId: null };
  server.script(nextStep);
  let kills = 0;
  let end: AssistantMessageView | null = null;
  for (let life = 0; life < mostLives && end === null; life += 1) {
    const isLast = kills >= leastKills;
    // Somewhere between two questions to the model: before, in and after what the tool does.
    const ends = isLast
      ? () => new Promise<never>(() => undefined)
      : async () => {
          const steps = 1 + Math.floor(random() * 3);
          for (let step = 0; step < steps; step += 1) await server.nextPrompt();
          await passed(random() * 40);
        };
    end = await live(job, ends);
    if (end === null) kills += 1;
  }
  expect(kills).toBeGreaterThanOrEqual(leastKills);
  expect(end?.state).toEqual({ kind: 'complete', reason: 'complete' });

  const files = Object.fromEntries(
    fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
  const wanted = Array.from({ length: stepCount }, (_, index) => [
    fileOf(index + 1),
    `written for step ${index + 1}\n`,
  ]);
  expect(files).toEqual(Object.fromEntries(wanted));

  const database = new Database(path.join(job.dataFolder, 'nunba.db'), { readonly: true });
  const done = database
    .prepare("SELECT effect_json ->> 'path' AS path, count(*) AS times FROM deed_steps WHERE state = 'done' GROUP BY 1")
    .all();
  const open = database.prepare("SELECT count(*) FROM deed_steps WHERE state IN ('started', 'unknown')").pluck().get();
  database.close();
  expect(done).toEqual(wanted.map(([name]) => ({ path: path.join(fs.realpathSync(folder), String(name)), times: 1 })));
  expect(open).toBe(0);
  // Nothing that was done is missing from the answer, and nothing stands in it twice.
  const told = end?.parts.filter((part) => part.kind === 'tool' && part.undo === 'possible') ?? [];
  expect(told).toHaveLength(stepCount);
}, 240_000);
