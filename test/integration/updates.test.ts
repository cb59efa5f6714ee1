import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Updates } from '../../electron/updates/updates.ts';
import { tempFolder } from '../builders/temp-folder.ts';
import { startTestUpdates } from '../builders/updates.ts';
import { appImageName, type ReleaseFeed, startReleaseFeed } from '../doubles/updates/release-feed.ts';
import { useElectronDouble } from '../doubles/updates/use-electron-double.ts';

/** The real electron-updater against a feed on this computer; only what would replace the program is doubled. */
let feed: ReleaseFeed;

beforeAll(useElectronDouble);
beforeEach(async () => {
  feed = await startReleaseFeed(tempFolder());
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  await feed.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const start = (options?: Parameters<typeof startTestUpdates>[1]) => startTestUpdates(feed, options);
const failedFor = (reason: string) => ({ kind: 'failed', reason, at: 1_000 });

/** Quitting now installs nothing and asks for no snapshot. */
async function nothingInstalled(updates: Updates): Promise<void> {
  let hasEnded = false;
  await updates.beforeQuit();
  await updates.finish(() => {
    hasEnded = true;
  });
  expect(hasEnded).toBe(true);
}

test('an update is downloaded, verified, snapshot before, and installed as the last act of quitting', async () => {
  await feed.publish({ version: '0.2.0', notes: 'Faster <b>search</b>.' });
  const { updates, views, last, installs, asked, pending } = await start();
  await updates.check();
  expect(views.map((view) => view.kind).filter((kind, at, all) => kind !== all[at - 1])).toEqual([
    'idle',
    'checking',
    'downloading',
    'ready',
  ]);
  expect(last()).toEqual({ kind: 'ready', version: '0.2.0', notes: 'Faster <b>search</b>.' });
  expect(pending()).toEqual([appImageName('0.2.0')]);
  expect([asked, installs]).toEqual([[], []]);
  await updates.beforeQuit();
  expect(asked).toEqual([['storage.prepareUpdate', { toVersion: '0.2.0' }]]);
  expect(installs).toEqual([]);
  await updates.finish(() => undefined);
  expect(installs).toEqual([[true, false]]);
});

test('“install and restart” closes everything and starts the new version', async () => {
  await feed.publish({ version: '0.2.0' });
  const { updates, last, installs, asked, quits } = await start();
  await updates.check();
  await updates.install();
  expect(last()).toEqual({ kind: 'installing', version: '0.2.0' });
  expect(quits).toEqual(['quit']);
  await updates.beforeQuit();
  expect(asked).toHaveLength(1);
  await updates.finish(() => undefined);
  expect(installs).toEqual([[true, true]]);
});

test('the feed learns nothing about who asks', async () => {
  await feed.publish({ version: '0.2.0' });
  const { updates } = await start();
  await updates.check();
  expect(feed.asked).toEqual(['latest-linux.yml', 'release-manifest-0.2.0.json', appImageName('0.2.0')]);
  const { host, connection, ...said } = feed.lastHeaders();
  expect(JSON.stringify(said)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-(?!0000)/);
  expect(said['x-user-staging-id']).toBe('00000000-0000-0000-0000-000000000000');
});

test('nothing newer is no failure', async () => {
  await feed.publish({ version: '0.1.0' });
  const { updates, last, pending } = await start();
  await updates.check();
  expect(last()).toEqual({ kind: 'idle', lastCheckedAt: 1_000 });
  expect(pending()).toEqual([]);
});

test('the channel decides which feed is asked, and a change of it drops what was ready', async () => {
  await feed.publish({ version: '0.2.0' });
  await feed.publish({ version: '0.3.0-beta.1', channel: 'beta' });
  const { updates, last, follow } = await start({ channel: 'beta' });
  await updates.check();
  expect(last()).toMatchObject({ kind: 'ready', version: '0.3.0-beta.1' });
  follow.channel('stable');
  await expect.poll(last, { timeout: 10_000 }).toMatchObject({ kind: 'ready', version: '0.2.0' });
});

test('a change of the channel after “install” leaves what is being installed alone', async () => {
  const { name } = await feed.publish({ version: '0.3.0-beta.1', channel: 'beta' });
  await feed.publish({ version: '0.2.0' });
  const snapshot = Promise.withResolvers<unknown>();
  const { updates, views, installs, follow, pending } = await start({ channel: 'beta', call: () => snapshot.promise });
  await updates.check();
  const installing = updates.install();
  follow.channel('stable');
  snapshot.resolve({});
  await installing;
  follow.channel('beta');
  follow.channel('stable');
  await updates.check();
  await updates.beforeQuit();
  await updates.finish(() => undefined);
  expect([views.at(-1)?.kind, pending(), installs]).toEqual(['installing', [name], [[true, true]]]);
});

test('without a snapshot nothing is installed', async () => {
  await feed.publish({ version: '0.2.0' });
  const { updates, last, quits } = await start({ call: () => Promise.reject(new Error('disk full')) });
  await updates.check();
  await updates.install();
  expect(last()).toEqual(failedFor('snapshot-failed'));
  expect(quits).toEqual([]);
  await nothingInstalled(updates);
});

test('a version whose first start failed here is not taken again, the next one is', async () => {
  await feed.publish({ version: '0.2.0' });
  const { updates, last, failedVersion } = await start();
  failedVersion.set('0.2.0');
  await updates.check();
  expect(last()).toEqual(failedFor('failed-before'));
  await feed.publish({ version: '0.2.1' });
  await updates.check();
  expect(last()).toMatchObject({ kind: 'ready', version: '0.2.1' });
});

test('what was downloaded before a restart is not downloaded again', async () => {
  const { name } = await feed.publish({ version: '0.2.0' });
  const first = await start();
  await first.updates.check();
  const cache = process.env.XDG_CACHE_HOME ?? '';
  const second = await start();
  vi.stubEnv('XDG_CACHE_HOME', cache);
  await second.updates.check();
  expect(second.last()).toMatchObject({ kind: 'ready', version: '0.2.0' });
  expect(feed.asked.filter((asked) => asked === name)).toHaveLength(1);
});

test('the first look is a minute after the start, later ones are hours apart, and none after the end', async () => {
  await feed.publish({ version: '0.1.0' });
  const { updates, views, clock } = await start();
  const looks = (): number => views.filter((view) => view.kind === 'checking').length;
  await clock.advance(59_000);
  expect(looks()).toBe(0);
  await clock.advance(1_000);
  expect(looks()).toBe(1);
  await updates.check();
  updates.stop();
  expect(clock.pendingTimers()).toBe(0);
});
