import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { startKnowledgeNode } from '../builders/knowledge-node.ts';
import { tempFolder, writeFiles } from '../builders/temp-folder.ts';
import { waitUntil } from '../builders/wait.ts';

/** Folders in use cannot be renamed on Windows, links need a right of their own there, and no process can be held. */
const testElsewhere = test.skipIf(process.platform === 'win32');

const found = { timeout: 8_000, interval: 100 };

test('a folder that is deleted and made again at once is followed as before', async () => {
  const folder = path.join(tempFolder(), 'notes');
  writeFiles(folder, { 'old.md': 'An old needle.\n' });
  const node = await startKnowledgeNode();
  const { id } = await node.client.call('knowledge.create', { name: null, path: folder });
  await node.ready(id);
  fs.rmSync(folder, { recursive: true });
  writeFiles(folder, { 'new.md': 'A new needle.\n' });
  await waitUntil(async () => String(await node.find('needle')) === 'new.md:1', found);
  writeFiles(folder, { 'later.md': 'A later needle.\n' });
  await waitUntil(async () => (await node.find('needle')).length === 2, found);
  fs.rmSync(path.join(folder, 'new.md'));
  await waitUntil(async () => String(await node.find('needle')) === 'later.md:1', found);
});

testElsewhere('a folder that another one took the place of is followed as before', async () => {
  const folder = path.join(tempFolder(), 'notes');
  writeFiles(folder, { 'old.md': 'An old needle.\n' });
  writeFiles(`${folder}-next`, { 'new.md': 'A new needle.\n' });
  const node = await startKnowledgeNode();
  const { id } = await node.client.call('knowledge.create', { name: null, path: folder });
  await node.ready(id);
  fs.renameSync(folder, `${folder}-before`);
  fs.renameSync(`${folder}-next`, folder);
  await waitUntil(async () => String(await node.find('needle')) === 'new.md:1', found);
  writeFiles(folder, { 'later.md': 'A later needle.\n' });
  await waitUntil(async () => (await node.find('needle')).length === 2, found);
});

testElsewhere('a root that became a link leads nowhere', async () => {
  const folder = path.join(tempFolder(), 'notes');
  const elsewhere = path.join(tempFolder(), 'elsewhere');
  writeFiles(folder, { 'old.md': 'An old needle.\n' });
  writeFiles(elsewhere, { 'private.md': 'A private needle.\n' });
  const first = await startKnowledgeNode();
  const { id } = await first.client.call('knowledge.create', { name: null, path: folder });
  await first.ready(id);
  await first.stop();
  fs.rmSync(folder, { recursive: true });
  fs.symlinkSync(elsewhere, folder);
  const second = await startKnowledgeNode(first.folder);
  await second.until(id, ({ state }) => state.kind === 'missing');
  expect(await second.find('needle')).toEqual([]);
});

testElsewhere('Nunba’s own folder is left out of a collection around it, also where a link leads to it', async () => {
  const home = path.join(tempFolder(), 'home');
  const real = path.join(home, 'data');
  fs.mkdirSync(real, { recursive: true });
  const link = path.join(tempFolder(), 'link');
  fs.symlinkSync(real, link);
  writeFiles(home, { 'mine.md': 'My needle.\n' });
  const node = await startKnowledgeNode(link);
  writeFiles(real, { 'logs/today.log': 'A needle in the log.\n' });
  const { id } = await node.client.call('knowledge.create', { name: null, path: home });
  await node.ready(id);
  expect(await node.find('needle')).toEqual(['mine.md:1']);
});

testElsewhere(
  'a search whose indexer is killed ends with a sentence, and the next one is answered by another indexer',
  async () => {
    const folder = path.join(tempFolder(), 'notes');
    writeFiles(folder, { 'old.md': 'An old needle.\n' });
    const node = await startKnowledgeNode();
    const { id } = await node.client.call('knowledge.create', { name: null, path: folder });
    await node.ready(id);
    const indexer = node.indexers[0];
    // Held still, so that the search is on its way for certain.
    process.kill(indexer?.pid ?? 0, 'SIGSTOP');
    const search = node.find('needle');
    const failed = expect(search).rejects.toMatchObject({ failure: { kind: 'index-unavailable' } });
    indexer?.kill();
    await failed;
    await waitUntil(async () => String(await node.find('needle').catch(() => '')) === 'old.md:1', found);
    expect(node.indexers).toHaveLength(2);
  },
);
