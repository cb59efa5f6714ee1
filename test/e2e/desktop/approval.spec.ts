import { expect, type Page } from '@playwright/test';
import { calls, says } from '../../doubles/model-server/reply.ts';
import { answer, question } from '../hands-person.ts';
import { environmentOf } from '../model-fixture.ts';
import { answered, chatWith, send, startChatting } from '../person.ts';
import type { Desktop } from './desktop.ts';
import { test } from './fixture.ts';
import { clickNotification, hide, launchWithTray, notified } from './hive-desktop.ts';
import { isVisible } from './tray-of.ts';

const told = { title: 'Nunba needs your approval', body: 'Nothing is done before you answer.' };

/** Another program's window comes in front of the app's, or goes. */
const setFocused = (desktop: Desktop, isFocused: boolean): Promise<void> =>
  desktop.app.evaluate(({ BrowserWindow }, focused) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (focused) window?.focus();
    else window?.blur();
  }, isFocused);

const isStanding = (desktop: Desktop): Promise<boolean> =>
  desktop.seen(({ notifications }) => notifications.at(-1)?.isClosed === false);

const asksFor = (page: Page) => question(page, 'Ask example.org for a page');

test('an agent that waits unseen is told by its name alone, and a click leads to its question', async ({
  newDesktop,
  models,
}) => {
  const desktop = newDesktop({ environment: environmentOf(models) });
  const page = await launchWithTray(desktop);
  await startChatting(page);
  let goOn = (): void => undefined;
  let held = Promise.resolve();
  models.script(async ({ toolResults, lastText }) => {
    await held;
    if (toolResults.length > 0) return says('That is all.');
    return calls('fetch_page', { url: `https://example.org/?diagnosis=${lastText.length}` }, `call_${lastText.length}`);
  });

  await test.step('nothing while the person works in the window', async () => {
    await send(page, 'My diagnosis');
    await answer(asksFor(page), 'Don’t allow');
    await answered(page);
  });

  await test.step('behind another window it is told, and closed by the answer', async () => {
    await setFocused(desktop, false);
    await send(page, 'My diagnosis again');
    await expect.poll(() => notified(desktop)).toEqual([told]);
    expect(await isStanding(desktop)).toBe(true);
    await answer(asksFor(page), 'Don’t allow');
    await expect.poll(() => isStanding(desktop)).toBe(false);
    await answered(page);
    await setFocused(desktop, true);
  });

  await test.step('hidden it is told once, and a click leads from another chat to the question', async () => {
    held = new Promise((resolve) => {
      goOn = resolve;
    });
    await send(page, 'My diagnosis once more');
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await chatWith(page, 'Writer');
    await hide(desktop);
    goOn();
    await expect.poll(() => notified(desktop)).toEqual([told, told]);
    // A question that has just come up takes the focus by itself; this one has waited.
    await page.clock.setFixedTime(Date.now() + 60_000);
    await clickNotification(desktop);
    await expect.poll(() => isVisible(desktop)).toBe(true);
    await expect(asksFor(page)).toBeFocused();
    await expect.poll(() => isStanding(desktop)).toBe(false);

    await hide(desktop);
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
    await answer(asksFor(page), 'Don’t allow');
    await answered(page);
  });
  expect(await notified(desktop), 'each question once, and nothing of what it is about').toEqual([told, told]);
});
