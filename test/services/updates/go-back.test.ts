import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FailedVersion } from '../../../electron/updates/failed-version.ts';
import { goBack } from '../../../electron/updates/go-back.ts';
import { KeptPackages } from '../../../electron/updates/kept-packages.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { appImageName, flipByte, startReleaseFeed } from '../../doubles/updates/release-feed.ts';

const wentBack = { failedVersion: '0.2.0', previousVersion: '0.1.0' };

/** 0.1.0 was installed by an update; 0.2.0 took its place and failed. */
async function installed({ isPreviousKept }: { isPreviousKept: boolean }) {
  const feed = await startReleaseFeed(tempFolder());
  onTestFinished(() => feed.close());
  const old = await feed.publish({ version: '0.1.0' });
  const next = await feed.publish({ version: '0.2.0', previousManifest: old.manifest });
  const folder = tempFolder();
  const packages = new KeptPackages(path.join(folder, 'packages'), Buffer.from(feed.publicKey, 'base64'));
  const keep = (version: string, { name, manifest }: typeof old, running: string) =>
    packages.keep(
      { version, file: path.join(feed.folder, name), manifestText: fs.readFileSync(manifest, 'utf8') },
      running,
    );
  if (isPreviousKept) keep('0.1.0', old, '0.0.9');
  keep('0.2.0', next, '0.1.0');
  const did: unknown[] = [];
  const acts = {
    appImage: undefined,
    openPackage: async (file: string) => void did.push(['package', path.basename(file)]),
    openAddress: async (address: string) => void did.push(['address', address]),
    relaunch: (program: string) => void did.push(['relaunch', program]),
    quit: () => void did.push('quit'),
  };
  return { feed, folder, packages, acts, did, old };
}

test('the kept package of the version before is handed to its installer', async () => {
  const { feed, packages, acts, did } = await installed({ isPreviousKept: true });
  await goBack(wentBack, packages, feed.address, acts);
  expect(did).toEqual([['package', appImageName('0.1.0')], 'quit']);
});

test('an AppImage takes the place of the one that runs, under the name of its version', async () => {
  const { feed, folder, packages, acts, did, old } = await installed({ isPreviousKept: true });
  const appImage = path.join(folder, 'Nunba-0.2.0.AppImage');
  fs.writeFileSync(appImage, 'the failed one');
  await goBack(wentBack, packages, feed.address, { ...acts, appImage });
  const place = path.join(folder, 'Nunba-0.1.0.AppImage');
  expect(did).toEqual([['relaunch', place], 'quit']);
  expect(fs.readFileSync(place).equals(old.bytes)).toBe(true);
  expect(fs.statSync(place).mode & 0o111).toBe(0o111);
  expect(fs.readdirSync(folder).filter((name) => name.endsWith('AppImage'))).toEqual(['Nunba-0.1.0.AppImage']);
});

test('an AppImage that was given another name keeps it', async () => {
  const { feed, folder, packages, acts, did } = await installed({ isPreviousKept: true });
  const appImage = path.join(folder, 'nunba');
  fs.writeFileSync(appImage, 'the failed one');
  await goBack(wentBack, packages, feed.address, { ...acts, appImage });
  expect(did).toEqual([['relaunch', appImage], 'quit']);
});

test('a kept package that has changed is not installed; the signed address of the version before is shown', async () => {
  const { feed, packages, acts, did } = await installed({ isPreviousKept: true });
  const kept = await packages.find('0.1.0');
  if (kept) {
    const bytes = fs.readFileSync(kept.file);
    fs.rmSync(kept.file);
    fs.writeFileSync(kept.file, flipByte(bytes, 9));
  }
  await goBack(wentBack, packages, feed.address, acts);
  expect(did).toEqual([['address', `${feed.address}${appImageName('0.1.0')}`]]);
});

test('where none was kept, the feed has it', async () => {
  const { feed, packages, acts, did } = await installed({ isPreviousKept: false });
  await goBack(wentBack, packages, feed.address, acts);
  expect(did).toEqual([['address', `${feed.address}${appImageName('0.1.0')}`]]);
});

test('only the running version and the next are kept', async () => {
  const { feed, folder, packages } = await installed({ isPreviousKept: true });
  const { name, manifest } = await feed.publish({ version: '0.3.0' });
  const manifestText = fs.readFileSync(manifest, 'utf8');
  packages.keep({ version: '0.3.0', file: path.join(feed.folder, name), manifestText }, '0.2.0');
  expect(fs.readdirSync(path.join(folder, 'packages')).sort()).toEqual(['0.2.0', '0.3.0']);
});

test('the version that failed is remembered, and nothing else is taken for one', () => {
  const file = path.join(tempFolder(), 'updates', 'failed-version');
  const failed = new FailedVersion(file);
  expect(failed.get()).toBeNull();
  failed.set('0.2.0');
  expect(new FailedVersion(file).get()).toBe('0.2.0');
  fs.writeFileSync(file, 'anything');
  expect(failed.get()).toBeNull();
});
