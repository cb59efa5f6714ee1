import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Client } from '../../../node-core/api/client.ts';
import type { AssistantMessageView } from '../../../node-core/api/conversation-views.ts';
import type { HandsView } from '../../../node-core/api/hands-views.ts';
import { followThread } from '../../builders/followed-thread.ts';
import { modelServer } from '../../builders/model-server.ts';
import { serveNode } from '../../builders/node-process.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import type { AskedPrompt, Piece, Reply } from '../../doubles/model-server/reply.ts';

const fileCount = 200;
const perCall = 50;
const endings = ['jpg', 'pdf', 'txt', 'csv'];
const names = Array.from({ length: fileCount }, (_, index) => `file ${index + 1}.${endings[index % endings.length]}`);

const folderOf = (name: string): string => `by kind/${name.split('.').at(-1)}`;

/** A model that looks, sorts by ending in calls of fifty moves, and says that it is done. */
function sortByEnding({ toolResults }: AskedPrompt): Reply {
  const pieces = [toolResults.length === 0 ? look : (moves(toolResults.length - 1) ?? said)];
  return { kind: 'stream', pieces, rate: null, ending: 'finish' };
}

const look: Piece = { kind: 'tool-call', id: 'look', name: 'list_files', arguments: {} };
const said: Piece = { kind: 'text', text: 'Everything is sorted.' };

function moves(call: number): Piece | null {
  const some = names.slice(call * perCall, (call + 1) * perCall);
  if (some.length === 0) return null;
  const given = { moves: some.map((name) => ({ from: name, to: `${folderOf(name)}/${name}` })) };
  return { kind: 'tool-call', id: `move${call}`, name: 'move_files', arguments: given };
}

const treeOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(path.join(folder, name)).isFile())
      .map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );

const isComplete = ({ state }: AssistantMessageView): boolean => state.kind === 'complete';

/** What waits and what is allowed, as it changes. */
function watchHands(client: Client) {
  let view: HandsView | null = null;
  client.watch(
    'hands.watch',
    {},
    {
      next: (next) => {
        view = next;
      },
    },
  );
  return {
    view: () => view,
    waiting: async (known: ReadonlySet<string>) => {
      const next = () => view?.waiting.find(({ callId }) => !known.has(callId));
      await expect.poll(next, { timeout: 20_000, interval: 20 }).toBeDefined();
      return next();
    },
  };
}

test('the Organiser sorts two hundred files: every move is shown, allowed and can be taken back', async () => {
  const server = await modelServer();
  server.script(sortByEnding);
  const folder = path.join(fs.realpathSync(tempFolder()), 'Papers');
  writeFiles(folder, Object.fromEntries(names.map((name) => [name, `content of ${name}`])));
  const before = treeOf(folder);
  const environment = { HEVOLVE_LLM_ENDPOINT_URL: `${server.url}/v1`, HEVOLVE_LLM_MODEL_NAME: 'test-model' };
  const node = await serveNode(path.join(tempFolder(), 'data'), environment);
  const client = await node.connect();
  const hands = watchHands(client);
  const { id } = await client.call('conversations.create', { agentId: 'organiser', model: null });
  const picked = await client.call('folders.add', { path: folder, owner: { kind: 'chat', conversationId: id } });
  await client.call('thread.send', { conversationId: id, text: 'Sort by kind', attachmentIds: [] });

  const shown: string[] = [];
  const answered = new Set<string>();
  for (let call = 0; call < fileCount / perCall; call += 1) {
    const waiting = await hands.waiting(answered);
    if (waiting?.deed.kind !== 'change-files') throw new Error('it wants something else');
    // Nothing is done before it is allowed, and what is shown is every single move.
    expect(Object.keys(treeOf(folder)).filter((name) => !name.includes('/'))).toHaveLength(fileCount - call * perCall);
    shown.push(...waiting.deed.changes.flatMap((change) => (change.kind === 'move' ? [change.from] : [])));
    answered.add(waiting.callId);
    await client.call('hands.answer', { callId: waiting.callId, answer: call === 0 ? 'once' : 'chat' });
    if (call > 0) break;
  }
  const answer = await followThread(client, id).answer(isComplete);
  expect(shown).toEqual(names.slice(0, 2 * perCall).map((name) => path.join(folder, name)));
  expect(treeOf(folder)).toEqual(Object.fromEntries(names.map((name) => [`${folderOf(name)}/${name}`, before[name]])));
  const tools = answer.parts.flatMap((part) => (part.kind === 'tool' && part.deed ? [part] : []));
  expect(tools.map(({ approval }) => approval)).toEqual([
    { kind: 'given', scope: 'once', by: 'person' },
    { kind: 'given', scope: 'chat', by: 'person' },
    { kind: 'given', scope: 'chat', by: 'grant' },
    { kind: 'given', scope: 'chat', by: 'grant' },
  ]);

  for (const { callId } of tools.toReversed()) {
    expect(await client.call('hands.undo', { callId })).toMatchObject({ left: [] });
  }
  expect(treeOf(folder)).toEqual(before);
  expect(fs.readdirSync(folder).toSorted()).toEqual(names.toSorted());

  expect(hands.view()?.grants).toHaveLength(1);
  await client.call('folders.remove', { id: picked.id });
  await expect.poll(() => hands.view()?.grants, { timeout: 10_000, interval: 20 }).toEqual([]);
  expect((await node.stop()).code).toBe(0);
}, 120_000);
