import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CollectionView } from '../../node-core/api/knowledge-views.ts';
import { installedEngineFolder } from '../builders/installed-engine.ts';
import { type KnowledgeNode, startKnowledgeNode } from '../builders/knowledge-node.ts';
import { tinyEmbeddingFile } from '../builders/local-engine.ts';
import { tempFolder, writeFiles } from '../builders/temp-folder.ts';
import { waitUntil } from '../builders/wait.ts';

const timeout = 120_000;
const all = ({ state, passages, embedded }: CollectionView): boolean =>
  state.kind === 'ready' && passages > 0 && embedded === passages;

/** A data folder whose engine is installed already. */
async function dataFolder(): Promise<string> {
  const folder = path.join(tempFolder(), 'data');
  fs.mkdirSync(folder, { mode: 0o700 });
  fs.symlinkSync(await installedEngineFolder(), path.join(folder, 'engine'), 'junction');
  return folder;
}

/** Lets a tiny model search by meaning. */
async function useModel({ client }: KnowledgeNode, file = tinyEmbeddingFile().path): Promise<string> {
  const { id } = await client.call('localModels.addFile', { path: file });
  await client.call('localModels.get', { id });
  return id;
}

test('a question with other words finds what means the same once there is a model, and not before', {
  timeout,
}, async () => {
  const notes = path.join(tempFolder(), 'notes');
  writeFiles(notes, { 'garage.md': 'The automobile stands in the garage.\n', 'pets.md': 'The kitten drinks milk.\n' });
  const node = await startKnowledgeNode(await dataFolder());
  const { id } = await node.client.call('knowledge.create', { name: null, path: notes });
  await node.ready(id);
  expect(await node.find('automobile', true)).toEqual(['garage.md:1']);
  expect(await node.find('car', true)).toEqual([]);
  expect(node.engines).toEqual([]);

  const model = await useModel(node);
  const whole = await node.until(id, all);
  expect(whole.passages).toBe(2);
  expect(await node.find('car', true)).toEqual(['garage.md:1']);
  expect(await node.find('the cats', true)).toEqual(['pets.md:1', 'garage.md:1']);
  // By words alone nothing has changed, and questions that mean nothing to the model are none.
  expect(await node.find('car')).toEqual([]);
  expect(await node.find('submarine', true)).toEqual([]);
  expect(node.engines).toHaveLength(1);

  // It is no model that could answer.
  const models: string[][] = [];
  node.client.watch('models.watch', {}, { next: (view) => models.push(view.models.map(({ ref }) => ref)) });
  await waitUntil(() => models.length > 0);
  expect(models.at(-1)).toEqual([]);

  writeFiles(notes, { 'new.md': 'A new car, red.\n' });
  await waitUntil(async () => (await node.find('automobile', true)).includes('new.md:1'));
  fs.rmSync(path.join(notes, 'new.md'));
  await waitUntil(async () => !(await node.find('red', true)).includes('new.md:1'));

  await node.client.call('localModels.remove', { id: model });
  await waitUntil(async () => (await node.find('car', true)).length === 0);
  expect(node.views.at(-1)?.meaning).toEqual({ model: null, failure: null });
});

test('what was read for its meaning outlives kills and restarts, and another model begins anew', {
  timeout,
}, async () => {
  const count = 1_200;
  const notes = path.join(tempFolder(), 'notes');
  const text = (index: number): string => `The automobile ${index} is red. `.repeat(20);
  const files = Array.from({ length: count }, (_, index) => [`${index}.md`, text(index)] as const);
  writeFiles(notes, Object.fromEntries(files));
  const folder = await dataFolder();
  const first = await startKnowledgeNode(folder);
  const { id } = await first.client.call('knowledge.create', { name: null, path: notes });
  await first.ready(id);
  await useModel(first);
  const { embedded } = await first.until(id, (each) => each.embedded > 0);
  expect(embedded).toBeLessThan(count);
  first.indexers.at(-1)?.kill();
  await first.until(id, (each) => each.embedded > embedded);
  first.engines.at(-1)?.kill();
  // The engine's end is told, and it is tried again later; a restart does not wait for that.
  await first.stop();

  const second = await startKnowledgeNode(folder);
  await second.until(id, all);
  const enginesUntilWhole = second.engines.length;
  await second.stop();
  expect(enginesUntilWhole).toBe(1);

  const third = await startKnowledgeNode(folder);
  await third.until(id, all);
  expect(third.engines).toHaveLength(0);
  const meanings = [['red'], ['car', 'automobile']];
  await useModel(third, tinyEmbeddingFile({ meanings }).path);
  await third.until(id, (each) => each.embedded < each.passages);
  await third.until(id, all);
  expect((await third.find('car', true)).length).toBe(10);
});

test('a model that cannot be loaded is told, and the search goes on by words', { timeout }, async () => {
  const notes = path.join(tempFolder(), 'notes');
  writeFiles(notes, { 'garage.md': 'The automobile stands in the garage.\n' });
  const node = await startKnowledgeNode(await dataFolder());
  const { id } = await node.client.call('knowledge.create', { name: null, path: notes });
  const file = tinyEmbeddingFile();
  // The header is whole, the tensors are not what it says.
  const bytes = fs.readFileSync(file.path);
  fs.writeFileSync(
    file.path,
    Buffer.from(bytes.toString('latin1').replace('blk.0.ffn_up.weight', 'blk.0.xxx_up.weight'), 'latin1'),
  );
  await node.ready(id);
  await useModel(node, file.path);
  await waitUntil(() => node.views.at(-1)?.meaning.failure?.kind === 'engine-ended', { timeout: 15_000 });
  expect(await node.find('automobile', true)).toEqual(['garage.md:1']);
  expect(await node.find('car', true)).toEqual([]);
});
