import { expect, type Page } from '@playwright/test';
import { environmentOf } from '../model-fixture.ts';
import { composer, lastAnswer, send } from '../person.ts';
import type { Desktop } from './desktop.ts';
import { askedIn, trayHostIn } from './fake-tray-host.ts';
import { standInOnly, test } from './fixture.ts';
import { expectLooksWell } from './looks.ts';
import { answerQuestion, closeWindow, isVisible, menuOf, press, tooltipOf } from './tray-of.ts';

/** What Windows tells a window. */
const emitOnWindow = (desktop: Desktop, event: 'query-session-end' | 'session-end'): Promise<void> =>
  desktop.app.evaluate(({ BrowserWindow }, name) => {
    BrowserWindow.getAllWindows()[0]?.emit(name, {});
  }, event);

const hasEnded = (desktop: Desktop): Promise<number | null> =>
  new Promise((resolve) => desktop.app.process().once('exit', resolve));

async function openWithTray(newDesktop: (options?: object) => Desktop, more: object = {}): Promise<[Desktop, Page]> {
  const desktop = newDesktop({ environment: more });
  standInOnly(desktop);
  await desktop.launch({ environment: trayHostIn(desktop.home, true) });
  const page = await desktop.page();
  return [desktop, page];
}

test.describe('the tray', () => {
  test('says the same as the page, pauses and resumes', async ({ newDesktop, models }) => {
    const [desktop, page] = await openWithTray(newDesktop, environmentOf(models));
    await page.getByRole('button', { name: 'Start chatting' }).click();
    await expect(page.getByText('Working alone, all well')).toBeVisible();
    await expect.poll(() => tooltipOf(desktop)).toMatch(/^Nunba: Working alone, all well, as of/);
    expect((await menuOf(desktop)).slice(1)).toEqual([
      '—',
      'Open Nunba',
      'New chat',
      'Pause agents',
      'Check now',
      'Settings',
      '—',
      'Quit Nunba',
    ]);

    await send(page, 'play:stall');
    await expect(lastAnswer(page)).toContainText('This answer');
    await press(desktop, 'pause');
    await expect(lastAnswer(page)).toContainText('You stopped this answer.');
    await expect(page.getByText('Agents are paused').first()).toBeVisible();
    await expect.poll(() => tooltipOf(desktop)).toMatch(/^Nunba: Agents are paused, for/);
    expect(await models.prompts()[0]?.over).toBe(true);

    await press(desktop, 'resume');
    await expect(page.getByText('Agents are paused')).toHaveCount(0);
    await expect.poll(() => menuOf(desktop)).toContain('Pause agents');
  });

  test('the first close asks; kept in the tray it goes on, comes back, and Quit quits', async ({
    newDesktop,
    models,
  }) => {
    const [desktop, page] = await openWithTray(newDesktop, environmentOf(models));
    await page.getByRole('button', { name: 'Start chatting' }).click();
    await expect(composer(page)).toBeVisible();
    await answerQuestion(desktop, 2, true);
    await closeWindow(desktop);
    expect(await isVisible(desktop)).toBe(true);
    await answerQuestion(desktop, 0, true);
    await closeWindow(desktop);
    await expect.poll(() => isVisible(desktop)).toBe(false);

    await press(desktop, 'open');
    await expect.poll(() => isVisible(desktop)).toBe(true);
    await desktop.app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.reject(new Error('asked twice'));
    });
    await closeWindow(desktop);
    await expect.poll(() => isVisible(desktop)).toBe(false);

    const ended = hasEnded(desktop);
    await press(desktop, 'quit').catch(() => undefined);
    expect(await ended).toBe(0);
  });

  test('a shutdown that was only asked about leaves it in the tray; one that happens ends it', async ({
    newDesktop,
  }) => {
    const [desktop, page] = await openWithTray(newDesktop);
    await page.getByRole('button', { name: 'Later' }).click();
    await expect.poll(() => desktop.seen(({ trays }) => trays.length)).toBe(1);
    await answerQuestion(desktop, 0, true);
    await closeWindow(desktop);
    await expect.poll(() => isVisible(desktop)).toBe(false);
    await press(desktop, 'open');
    await expect.poll(() => isVisible(desktop)).toBe(true);

    await emitOnWindow(desktop, 'query-session-end');
    await closeWindow(desktop);
    await expect.poll(() => isVisible(desktop)).toBe(false);

    const ended = hasEnded(desktop);
    await emitOnWindow(desktop, 'session-end');
    await closeWindow(desktop).catch(() => undefined);
    expect(await ended).toBe(0);
  });

  test('an answer that ends unseen is told once, and a click opens its conversation', async ({
    newDesktop,
    models,
  }) => {
    const [desktop, page] = await openWithTray(newDesktop, environmentOf(models));
    await page.getByRole('button', { name: 'Start chatting' }).click();
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    models.script(async () => {
      await held;
      return { kind: 'stream', pieces: [{ kind: 'text', text: 'Done.' }], rate: null, ending: 'finish' };
    });
    await send(page, 'Sort my photos');
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'New chat', exact: true }).first().click();
    await expect(lastAnswer(page)).toHaveCount(0);
    await answerQuestion(desktop, 0, true);
    await closeWindow(desktop);
    await expect.poll(() => isVisible(desktop)).toBe(false);
    finish();
    await expect
      .poll(() => desktop.seen(({ notifications }) => notifications.map(({ title }) => title)))
      .toEqual(['Sort my photos']);
    await desktop.seen(({ notifications }) => notifications[0]?.emit('click'));
    await expect.poll(() => isVisible(desktop)).toBe(true);
    await expect(lastAnswer(page)).toContainText('Done.');
    await expect.poll(() => desktop.seen(({ notifications }) => notifications[0]?.isClosed)).toBe(true);
  });

  test('where nobody shows one the window says so once, and closing quits', async ({ newDesktop }) => {
    test.setTimeout(240_000);
    const desktop = newDesktop();
    standInOnly(desktop);
    const environment = trayHostIn(desktop.home, false);
    await desktop.launch({ environment });
    const page = await desktop.page();
    await page.getByRole('button', { name: 'Later' }).click();
    // A panel may come later than the app, which waits for it.
    await expect(page.getByText(/no tray/i)).toBeVisible({ timeout: 90_000 });
    await expectLooksWell(page, 'no-tray');
    const ended = hasEnded(desktop);
    await closeWindow(desktop).catch(() => undefined);
    expect(await ended).toBe(0);

    const again = await desktop.relaunch({ environment });
    await expect(composer(again)).toBeVisible();
    await expect.poll(() => askedIn(desktop.home), { timeout: 90_000 }).toBe(14);
    await expect(again.getByText(/no tray/i)).toHaveCount(0);
  });
});
