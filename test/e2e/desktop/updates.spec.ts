import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { flipByte, type ReleaseFeed, startReleaseFeed } from '../../doubles/updates/release-feed.ts';
import { ask, composer, showSettings } from '../person.ts';
import { temporaryHome } from '../run-program.ts';
import type { Desktop } from './desktop.ts';
import { test as desktopTest } from './fixture.ts';
import { expectLooksWell } from './looks.ts';
import { buildApp } from './update-apps.ts';

/**
 * The app with a feed. What it installs is a real AppImage update: the file that `APPIMAGE` names is replaced and run,
 * and all that the new file does is to say that it was.
 */
interface Fixtures {
  readonly feed: ReleaseFeed;
}

const test = desktopTest.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  feed: async ({}, use) => {
    const { folder, remove } = temporaryHome();
    const feed = await startReleaseFeed(folder);
    await use(feed);
    await feed.close();
    remove();
  },
});

test.skip(process.platform !== 'linux', 'AppImages are of Linux');
test.describe.configure({ timeout: 240_000 });

const newPackage = Buffer.from('#!/bin/sh\necho "$APPIMAGE_EXIT_AFTER_INSTALL" >> "$HOME/installed"\n');
const appImageOf = (desktop: Desktop): string => path.join(desktop.home, 'Nunba.AppImage');

async function start(desktop: Desktop, appFolder: string): Promise<Page> {
  if (!fs.existsSync(appImageOf(desktop))) fs.writeFileSync(appImageOf(desktop), 'the first version');
  await desktop.launch({ appFolder, environment: { APPIMAGE: appImageOf(desktop) } });
  return desktop.page();
}

async function leaveWelcome(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Later' }).click();
  await composer(page).waitFor();
}

const record = (desktop: Desktop): string => path.join(desktop.dataFolder, 'run/update.json');
const installed = (desktop: Desktop): string => fs.readFileSync(appImageOf(desktop), 'utf8');

/** What the person has written, as the database has it. */
function written(desktop: Desktop): unknown[] {
  const raw = new Database(path.join(desktop.dataFolder, 'nunba.db'), { readonly: true });
  try {
    return raw.prepare("SELECT text FROM messages WHERE role = 'user' ORDER BY number").pluck().all();
  } finally {
    raw.close();
  }
}

test('an update is offered, verified and installed on quit; after it and a crash no message is lost', async ({
  newDesktop,
  feed,
}) => {
  await feed.publish({ version: '0.2.0', notes: 'Search is <b>faster</b>.', bytes: newPackage });
  const desktop = newDesktop();
  const page = await start(desktop, await buildApp({ folder: desktop.home, version: '0.1.0', feed }));
  await leaveWelcome(page);
  await ask(page, 'Where are my chats kept?', desktop.dataFolder);
  const updates = await showSettings(page, 'Updates');
  await updates.getByRole('button', { name: 'Check now' }).click();
  await expect(updates.getByText('Nunba 0.2.0 is here and verified.')).toBeVisible();
  await expect(updates.getByText('Search is <b>faster</b>.')).toBeVisible();
  await expectLooksWell(page, 'updates-ready');
  await desktop.quit();
  expect(installed(desktop)).toBe(newPackage.toString());
  expect(fs.readFileSync(path.join(desktop.home, 'installed'), 'utf8')).toBe('true\n');
  expect(fs.readdirSync(path.join(desktop.dataFolder, 'backups')).join()).toContain('before-update');
  expect(JSON.parse(fs.readFileSync(record(desktop), 'utf8'))).toMatchObject({ stage: 'prepared', toVersion: '0.2.0' });

  const next = await buildApp({ folder: desktop.home, version: '0.2.0', feed });
  const later = await start(desktop, next);
  expect(fs.existsSync(record(desktop))).toBe(false);
  for (let turn = 1; turn <= 20; turn += 1) await ask(later, `Message ${turn}: where are my chats kept?`, /\S/);
  await desktop.kill();
  const again = await start(desktop, next);
  await expect(again.getByRole('navigation', { name: 'Agents and conversations' })).toContainText('Where are my chats');
  expect(written(desktop)).toEqual([
    'Where are my chats kept?',
    ...Array.from({ length: 20 }, (_, at) => `Message ${at + 1}: where are my chats kept?`),
  ]);
});

test('a package that was tampered with is refused, and quitting changes nothing', async ({ newDesktop, feed }) => {
  const { name } = await feed.publish({ version: '0.2.0' });
  feed.replace(name, (bytes) => flipByte(bytes, 1_000));
  const desktop = newDesktop();
  const page = await start(desktop, await buildApp({ folder: desktop.home, version: '0.1.0', feed }));
  await leaveWelcome(page);
  const updates = await showSettings(page, 'Updates');
  await updates.getByRole('button', { name: 'Check now' }).click();
  await expect(updates.getByRole('alert')).toContainText('what was downloaded is not what was signed');
  await expectLooksWell(page, 'updates-refused');
  await desktop.quit();
  expect([installed(desktop), fs.existsSync(record(desktop))]).toEqual(['the first version', false]);
});

test('a first start that fails is taken back, and the version before goes on where it was', async ({
  newDesktop,
  feed,
}) => {
  await feed.publish({ version: '0.2.0', bytes: newPackage });
  const desktop = newDesktop();
  const previous = await buildApp({ folder: desktop.home, version: '0.1.0', feed });
  const page = await start(desktop, previous);
  await leaveWelcome(page);
  const updates = await showSettings(page, 'Updates');
  await updates.getByRole('button', { name: 'Check now' }).click();
  await expect(updates.getByText('Nunba 0.2.0 is here and verified.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await ask(page, 'Written after the update was ready', /\S/);
  await desktop.quit();

  await desktop.launch({
    appFolder: await buildApp({ folder: desktop.home, version: '0.2.0', feed, isMigrationBroken: true }),
    environment: { APPIMAGE: appImageOf(desktop) },
  });
  const failed = await desktop.app.firstWindow();
  await expect(failed.getByText(/0\.2\.0 could not take over the database/).first()).toBeVisible({ timeout: 60_000 });
  await expect(failed.getByRole('button', { name: 'Get 0.1.0' })).toBeVisible();
  await expectLooksWell(failed, 'updates-went-back');
  await desktop.quit();
  expect(written(desktop)).toEqual(['Written after the update was ready']);
  expect(fs.existsSync(path.join(desktop.dataFolder, 'nunba.db.failed-0.2.0'))).toBe(true);

  const back = await start(desktop, previous);
  await expect(back.getByText('Written after the update was ready').first()).toBeVisible();
  const left = await showSettings(back, 'Updates');
  await left.getByRole('button', { name: 'Check now' }).click();
  await expect(left.getByText(/The new version is left out/)).toBeVisible();
  await expectLooksWell(back, 'updates-left-out');
});
