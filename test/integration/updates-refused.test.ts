import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { makeReleaseKey } from '../../build/release/sign-folder.ts';
import type { Updates } from '../../electron/updates/updates.ts';
import { tempFolder } from '../builders/temp-folder.ts';
import { startTestUpdates } from '../builders/updates.ts';
import { appImageName, flipByte, type ReleaseFeed, startReleaseFeed } from '../doubles/updates/release-feed.ts';
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

/** Changes the package that waits; returns its path. */
function tamper(): string {
  const file = path.join(process.env.XDG_CACHE_HOME ?? '', 'nunba-updater', 'pending', appImageName('0.2.0'));
  fs.writeFileSync(file, flipByte(fs.readFileSync(file), 7));
  return file;
}

/** Quitting now installs nothing and asks for no snapshot. */
async function nothingInstalled(updates: Updates): Promise<void> {
  let hasEnded = false;
  await updates.beforeQuit();
  await updates.finish(() => {
    hasEnded = true;
  });
  expect(hasEnded).toBe(true);
}

test.each([0, 1_000, 299_999])('a package with byte %i flipped is refused and removed', async (position) => {
  const { name } = await feed.publish({ version: '0.2.0' });
  feed.replace(name, (bytes) => flipByte(bytes, position));
  const { updates, last, pending } = await start();
  await updates.check();
  expect(last()).toEqual(failedFor('package-changed'));
  expect(pending()).toEqual([]);
  await nothingInstalled(updates);
});

test('a package that was changed together with the feed is refused by the signed manifest', async () => {
  const { name, manifest } = await feed.publish({ version: '0.2.0' });
  const signed = fs.readFileSync(manifest);
  await feed.publish({ version: '0.2.0' });
  fs.writeFileSync(manifest, signed);
  const { updates, last } = await start();
  await updates.check();
  expect(last()).toEqual(failedFor('package-changed'));
  expect(feed.asked).not.toContain(name);
});

test('a feed with any one byte flipped leads to nothing but the signed package', async () => {
  const { name, bytes } = await feed.publish({ version: '0.2.0' });
  const text = fs.readFileSync(path.join(feed.folder, 'latest-linux.yml'));
  const kinds = new Set<string>();
  // Every byte of the version and the names, and every tenth of the sums.
  for (let position = 0; position < text.length; position += position < 40 ? 1 : 10) {
    fs.writeFileSync(path.join(feed.folder, 'latest-linux.yml'), flipByte(text, position));
    const { updates, last, packages } = await start();
    await updates.check();
    const view = last();
    kinds.add(view?.kind === 'failed' ? view.reason : (view?.kind ?? 'none'));
    if (view?.kind !== 'ready') continue;
    expect(view.version).toBe('0.2.0');
    await updates.beforeQuit();
    const kept = await packages.find('0.2.0');
    expect(kept && fs.readFileSync(kept.file).equals(bytes)).toBe(true);
  }
  expect([...kinds]).toEqual(expect.arrayContaining(['package-changed', 'manifest-missing', 'feed-unreadable']));
  expect(name).toBe(appImageName('0.2.0'));
}, 120_000);

test('a manifest that is signed by another key is refused before anything is downloaded', async () => {
  const { name } = await feed.publish({ version: '0.2.0', privateKey: makeReleaseKey().privateKey });
  const { updates, last } = await start();
  await updates.check();
  expect(last()).toEqual(failedFor('manifest-wrong-key'));
  expect(feed.asked).not.toContain(name);
  await nothingInstalled(updates);
});

test('a manifest that was changed after it was signed is refused', async () => {
  const { manifest } = await feed.publish({ version: '0.2.0', notes: 'as signed' });
  feed.replace(path.basename(manifest), (bytes) => Buffer.from(bytes.toString().replace('as signed', 'as forged')));
  const { updates, last } = await start();
  await updates.check();
  expect(last()).toEqual(failedFor('manifest-wrong-key'));
});

test('a release without a manifest is refused', async () => {
  const { manifest } = await feed.publish({ version: '0.2.0' });
  fs.rmSync(manifest);
  const { updates, last } = await start();
  await updates.check();
  expect(last()).toEqual(failedFor('manifest-missing'));
});

test('an older version is refused, also when the feed calls it newer', async () => {
  await feed.publish({ version: '0.0.9' });
  const plain = await start();
  await plain.updates.check();
  expect(plain.last()).toEqual(failedFor('older-version'));
  const { manifest } = await feed.publish({ version: '0.0.9' });
  feed.replace('latest-linux.yml', (bytes) =>
    Buffer.from(bytes.toString().replace('version: 0.0.9', 'version: 9.9.9')),
  );
  fs.copyFileSync(manifest, path.join(feed.folder, 'release-manifest-9.9.9.json'));
  const lying = await start();
  await lying.updates.check();
  expect(lying.last()).toEqual(failedFor('older-version'));
});

test('a cut download fails cleanly, is tried again after a while, and then arrives', async () => {
  const { name } = await feed.publish({ version: '0.2.0' });
  feed.cut(name, 100_000);
  const { updates, last, pending, clock } = await start();
  await updates.check();
  expect(last()).toEqual(failedFor('cut-download'));
  expect(pending()).toEqual([]);
  feed.cut(name, null);
  await clock.advance(10 * 60_000);
  await updates.check();
  expect(last()).toMatchObject({ kind: 'ready', version: '0.2.0' });
});

test('a feed that nobody answers, or that is no feed, is told apart', async () => {
  const empty = await start();
  await empty.updates.check();
  expect(empty.last()).toEqual(failedFor('feed-unreadable'));
  fs.writeFileSync(path.join(feed.folder, 'latest-linux.yml'), '{');
  const garbled = await start();
  await garbled.updates.check();
  expect(garbled.last()).toEqual(failedFor('feed-unreadable'));
  const gone = await start();
  await feed.close();
  await gone.updates.check();
  expect(gone.last()).toEqual(failedFor('unreachable'));
}, 30_000);

test('a stable app takes no release that was signed as beta', async () => {
  await feed.publish({ version: '0.3.0-beta.1', channel: 'beta' });
  fs.renameSync(path.join(feed.folder, 'beta-linux.yml'), path.join(feed.folder, 'latest-linux.yml'));
  const { updates, last } = await start();
  await updates.check();
  expect(last()).toEqual(failedFor('feed-unreadable'));
});

test('a package that is changed after it was verified is found out before it is installed', async () => {
  await feed.publish({ version: '0.2.0' });
  const { updates, last, quits, asked } = await start();
  await updates.check();
  const file = tamper();
  await updates.install();
  expect(last()).toEqual(failedFor('package-changed'));
  expect([quits, asked, fs.existsSync(file)]).toEqual([[], [], false]);
});

test('a package that is changed while the snapshot is made is found out', async () => {
  await feed.publish({ version: '0.2.0' });
  const { updates, last, quits } = await start({ call: async () => tamper() });
  await updates.check();
  await updates.install();
  expect(last()).toEqual(failedFor('package-changed'));
  expect(quits).toEqual([]);
  await nothingInstalled(updates);
});

test('a package that is changed while the node stops is not installed, and the next start says so', async () => {
  await feed.publish({ version: '0.2.0' });
  const { updates, installs, changedAtQuit } = await start();
  await updates.check();
  await updates.beforeQuit();
  tamper();
  const ends: string[] = [];
  await updates.finish(() => void ends.push('end'));
  expect([ends, installs]).toEqual([['end'], []]);
  const next = await start({ changedAtQuit });
  expect(next.views).toEqual([failedFor('package-changed')]);
  expect((await start({ changedAtQuit })).last()).toEqual({ kind: 'idle', lastCheckedAt: null });
});
