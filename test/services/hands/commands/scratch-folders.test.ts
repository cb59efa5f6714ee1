import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepScratchSmall, sweepScratch } from '../../../../node-core/agents/commands/scratch-folders.ts';
import { openTestChat } from '../../../builders/chat.ts';
import { testId } from '../../../builders/ids.ts';
import { tempFolder, writeFiles } from '../../../builders/temp-folder.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';

const dayMs = 24 * 60 * 60 * 1000;

async function open() {
  const chat = await openTestChat();
  const { clock, storage } = chat;
  const folder = path.join(tempFolder(), 'scratch');
  const make = (name: string, ageDays: number, inside = 'out.txt'): void => {
    writeFiles(folder, { [`${name}/${inside}`]: 'x' });
    const at = (clock.now() - ageDays * dayMs) / 1000;
    const place = path.join(folder, name);
    fs.utimesSync(path.join(place, inside), at, at);
    fs.utimesSync(place, at, at);
  };
  const names = (): readonly string[] => fs.readdirSync(folder).sort();
  return { ...chat, folder, make, names, means: { storage, clock, folder, log: createRecordedLog() } };
}

test('what is of no conversation any more, and what is old, is removed; what is in use stays', async () => {
  const { conversation, make, names, means, folder, clock } = await open();
  const [used, old, grown] = [await conversation(), await conversation(), await conversation()];
  await clock.advance(40 * dayMs);
  make(used, 29);
  make(old, 31);
  make(grown, 31);
  const now = clock.now() / 1000;
  fs.utimesSync(path.join(folder, grown, 'out.txt'), now, now);
  // A program that asks over HTTP has no conversation that is kept.
  make(testId(900), 0.5);
  make(testId(901), 2);
  await sweepScratch(means);
  expect(names()).toEqual([used, grown, testId(900)].sort());
});

test('what commands changed far below is kept while its conversation is in use', async () => {
  const { make, names, means, conversation, clock, exchange } = await open();
  const id = await conversation();
  await clock.advance(40 * dayMs);
  make(id, 35);
  await exchange(id, 'go on', 'done');
  await sweepScratch(means);
  expect(names()).toEqual([id]);
});

test('a deleted conversation keeps it as long as it can be brought back, and no longer', async () => {
  const { conversation, call, clock, make, names, means } = await open();
  const id = await conversation();
  make(id, 0);
  await call('conversations.delete', { id });
  await clock.advance(20 * dayMs);
  await sweepScratch(means);
  expect(names()).toEqual([id]);
  await clock.advance(12 * dayMs);
  await sweepScratch(means);
  expect(names()).toEqual([]);
});

test('a folder that cannot be removed does not keep the others', async () => {
  const { make, names, means } = await open();
  for (const name of ['a', 'b', 'c']) make(name, 40);
  let looks = 0;
  const db = new Proxy(means.storage.db, {
    get(target, name) {
      if (name === 'selectFrom' && ++looks === 2) throw new Error('locked');
      return Reflect.get(target, name).bind(target);
    },
  });
  await sweepScratch({ ...means, storage: { db } });
  expect([names(), means.log.lines.length]).toEqual([['b'], 1]);
});

test('a link in it is removed, and nothing behind it', async () => {
  const { names, means, folder } = await open();
  const outside = tempFolder();
  fs.writeFileSync(path.join(outside, 'keep.txt'), 'x');
  fs.mkdirSync(folder);
  fs.symlinkSync(outside, path.join(folder, 'link'));
  const at = (means.clock.now() - 40 * dayMs) / 1000;
  fs.lutimesSync(path.join(folder, 'link'), at, at);
  await sweepScratch(means);
  expect([names(), fs.readdirSync(outside)]).toEqual([[], ['keep.txt']]);
});

test('it is looked at a while after the start and then each day, and where there is none nothing happens', async () => {
  const { make, names, means, folder, clock } = await open();
  onTestFinished(keepScratchSmall(means));
  await sweepScratch(means);
  make('gone', 40);
  await clock.advance(4 * 60_000);
  expect(names()).toEqual(['gone']);
  await clock.advance(2 * 60_000);
  await expect.poll(names).toEqual([]);
  make('later', 40);
  await clock.advance(dayMs);
  await expect.poll(names).toEqual([]);
  expect([fs.existsSync(folder), means.log.lines]).toEqual([true, []]);
});
