import { expect, type Page } from '@playwright/test';
import { firstView } from '../../../electron/shell/first-view.ts';
import type { ShellNotice, ShellView, UpdateView } from '../../../node-core/api/shell-views.ts';
import { tabTo } from '../keyboard.ts';
import { composer, send, showSettings } from '../person.ts';
import { temporaryHome } from '../run-program.ts';
import type { Desktop } from './desktop.ts';
import { trayHostIn } from './fake-tray-host.ts';
import { test as desktopTest } from './fixture.ts';
import { expectLooksWell, sizes } from './looks.ts';

const now = Date.now();

/** A panel with a tray, so that no notice of its lack comes in the middle. */
const test = desktopTest.extend<{ readonly panel: Readonly<Record<string, string>> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  panel: async ({}, use) => {
    const { folder, remove } = temporaryHome();
    await use(trayHostIn(folder, true));
    remove();
  },
  desktopOptions: async ({ panel }, use) => use({ environment: panel }),
});

/** Shows the page what the shell would tell it, so that what is over in a moment can be looked at. */
async function tell(desktop: Desktop, part: Partial<ShellView>): Promise<void> {
  const view: ShellView = {
    ...firstView('linux', now),
    runtime: { kind: 'running', since: now },
    tray: 'shown',
    ...part,
  };
  await desktop.app.evaluate(({ BrowserWindow }, told) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) webContents.send('nunba:view', told);
  }, view);
}

/** Leaves the welcome for a chat. */
async function enter(desktop: Desktop): Promise<Page> {
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  await composer(page).waitFor();
  return page;
}

/** Looks at the sidebar: beside the screen, and as the sheet that a narrow window has instead. */
async function expectSidebarLooksWell(page: Page, name: string): Promise<void> {
  await expectLooksWell(page, `sidebar-${name}`, [sizes.wide]);
  await page.setViewportSize(sizes.narrow);
  await page.getByRole('button', { name: 'Open the sidebar' }).click();
  await expectLooksWell(page, `sidebar-${name}`, [sizes.narrow]);
  await page.keyboard.press('Escape');
  await page.setViewportSize(sizes.wide);
}

test.describe.configure({ timeout: 240_000 });

test('the settings that the desktop app alone has', async ({ desktop }) => {
  const page = await enter(desktop);
  const trustedHosts = ['example.org', `${'a-very-long-name.'.repeat(8)}example.net:8443`];
  await tell(desktop, { settings: { ...firstView('linux', now).settings, startAtLogin: true, trustedHosts } });
  const general = await showSettings(page, 'General');
  await general.getByRole('heading', { name: 'This app' }).scrollIntoViewIfNeeded();
  await general.getByRole('button', { name: 'Remove example.org' }).scrollIntoViewIfNeeded();
  await expectLooksWell(page, 'settings-this-app');
  await tabTo(page, general.getByRole('switch', { name: 'Start when you log in' }));
  await tabTo(page, general.getByRole('button', { name: 'Remove example.org' }));
  await tell(desktop, { tray: 'none' });
  await expect(general.getByText('This desktop shows no tray, so the window always appears.')).toBeVisible();
  await general.getByRole('switch', { name: 'Start when you log in' }).scrollIntoViewIfNeeded();
  await expectLooksWell(page, 'settings-this-app-no-tray');

  const keys = await showSettings(page, 'Keys');
  await expect(keys.getByRole('heading', { name: 'How keys are kept' })).toBeVisible();
  await expectLooksWell(page, 'settings-keys');
});

const updates: Readonly<Record<string, { readonly update: UpdateView; readonly words: RegExp }>> = {
  off: { update: { kind: 'off' }, words: /looks for no updates/ },
  'not-looked': { update: { kind: 'idle', lastCheckedAt: null }, words: /Not looked for/ },
  newest: { update: { kind: 'idle', lastCheckedAt: now }, words: /This is the newest version/ },
  checking: { update: { kind: 'checking' }, words: /Looking for a new version/ },
  downloading: {
    update: { kind: 'downloading', version: '0.2.0', share: 0.4, bytesPerSecond: 1_234_567 },
    words: /Downloading Nunba 0\.2\.0/,
  },
  installing: { update: { kind: 'installing', version: '0.2.0' }, words: /then installing Nunba 0\.2\.0/ },
  unreachable: { update: { kind: 'failed', reason: 'unreachable', at: now }, words: /Nobody answered/ },
  'wrong-key': { update: { kind: 'failed', reason: 'manifest-wrong-key', at: now }, words: /is not signed with/ },
  'went-back': {
    update: { kind: 'went-back', failedVersion: '0.2.0', previousVersion: '0.1.0', isPreviousKept: true },
    words: /0\.2\.0 could not take over/,
  },
};

test('every state of an update', async ({ desktop }) => {
  const page = await enter(desktop);
  await tell(desktop, {});
  const section = await showSettings(page, 'Updates');
  for (const [name, { update, words }] of Object.entries(updates)) {
    await tell(desktop, { update });
    await expect(section.getByText(words)).toBeVisible();
    await expectLooksWell(page, `settings-updates-${name}`);
  }
});

test('what is said of the runtime while it is started again', async ({ chatDesktop: { desktop, page } }) => {
  const restarting = { kind: 'restarting', since: now, nextAt: now + 3_600_000 } as const;
  await tell(desktop, { runtime: { ...restarting, cause: 'crashed', attempt: 1 } });
  await expect(page.getByText(/stopped and is started again/)).toBeVisible();
  await expectLooksWell(page, 'runtime-restarting');
  await tell(desktop, { runtime: { ...restarting, cause: 'hung', attempt: 4 } });
  await expect(page.getByText(/Attempt 4 follows in/)).toBeVisible();
  await expectLooksWell(page, 'runtime-hung');
});

const notices: readonly ShellNotice[] = [
  { kind: 'no-tray' },
  { kind: 'page-crashed' },
  { kind: 'graphics-off' },
  { kind: 'settings-damaged', keptAs: 'settings.damaged-2026-01-02T03-04-05.json' },
  { kind: 'link-refused', reason: 'bad-text' },
];

test('notices, one and many', async ({ desktop }) => {
  const page = await enter(desktop);
  const shown = notices.map((notice, place) => ({ id: `notice-${place}`, notice }));
  await tell(desktop, { tray: 'none', notices: shown.slice(0, 1) });
  await expect(page.getByText(/This desktop shows no tray/)).toBeVisible();
  await expectLooksWell(page, 'notice');
  await tabTo(page, page.getByRole('button', { name: 'Dismiss' }));
  await tell(desktop, { tray: 'none', notices: shown });
  await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(notices.length);
  await expectLooksWell(page, 'notices');
});

test('the state at the foot of the sidebar, and a pause', async ({ chatDesktop: { desktop, page }, models }) => {
  await expect(page.getByText('Working alone, all well')).toBeVisible();
  await expectSidebarLooksWell(page, 'flat');
  await tabTo(page, page.getByRole('button', { name: 'Pause agents' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/What you write stays here/)).toBeVisible();
  await expectLooksWell(page, 'paused');
  await expectSidebarLooksWell(page, 'paused');
  await tabTo(page, page.getByRole('status').getByRole('button', { name: 'Resume', exact: true }).first());
  await page.keyboard.press('Enter');
  await expect(page.getByText(/What you write stays here/)).toBeHidden();

  await models.stop();
  await send(page, 'Anybody there?');
  await expect(page.getByText('test-model does not answer')).toBeVisible();
  await expectSidebarLooksWell(page, 'degraded');
  const sentence = 'The part of Nunba that runs your agents was started again 5 times within 10 minutes.';
  await tell(desktop, { runtime: { kind: 'attention', cause: 'keeps-crashing', since: now, sentence } });
  await expect(page.getByRole('alert').first()).toContainText(sentence);
  await expectSidebarLooksWell(page, 'attention');
});
