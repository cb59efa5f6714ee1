import { expect } from '@playwright/test';
import type { MenuItem } from 'electron';
import { ask, composer } from '../person.ts';
import type { Desktop } from './desktop.ts';
import { test } from './fixture.ts';

/** What a menu of the system offers, from top to bottom; a role where the system has the words. */
type Shown = readonly { readonly name: string; readonly isEnabled: boolean }[];
type ShownGlobal = typeof globalThis & { shown: Shown[] };

/** Keeps the menus of the system instead of showing them. */
async function keepMenus(desktop: Desktop): Promise<void> {
  await desktop.app.evaluate(({ Menu }) => {
    const shown: Shown[] = [];
    (globalThis as ShownGlobal).shown = shown;
    Menu.prototype.popup = function keep(this: { readonly items: readonly MenuItem[] }) {
      const offers = this.items.filter(({ type }) => type !== 'separator');
      shown.push(
        offers.map(({ role, label, enabled }) => ({ name: (role ?? label).toLowerCase(), isEnabled: enabled })),
      );
    };
  });
}

const menus = (desktop: Desktop) => desktop.app.evaluate(() => (globalThis as ShownGlobal).shown);

test('the system offers its menu where there is text to edit, and the page its own on a chat', async ({
  chatDesktop,
}) => {
  const { desktop, page } = chatDesktop;
  await ask(page, 'Hello there', 'You wrote: Hello there');
  await keepMenus(desktop);

  // First the page's own, so that a menu of the system beside it would come before the next one.
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Hello there/ })
    .click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeHidden();

  await composer(page).fill('Some words that are selected');
  await composer(page).selectText();
  await composer(page).click({ button: 'right', position: { x: 24, y: 16 } });
  await expect.poll(async () => (await menus(desktop)).length).toBe(1);
  const [ofComposer = []] = await menus(desktop);
  const offers = ofComposer.filter(({ name }) => !name.startsWith('look up'));
  expect(offers.map(({ name }) => name)).toEqual(['undo', 'redo', 'cut', 'copy', 'paste', 'selectall', 'inspect']);
  const enabled = ofComposer.filter(({ isEnabled }) => isEnabled).map(({ name }) => name);
  expect(enabled).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'selectall']));
});
