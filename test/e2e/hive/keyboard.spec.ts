import { expect, type Page } from '@playwright/test';
import { tabTo } from '../keyboard.ts';
import { environmentOf } from '../model-fixture.ts';
import { composer } from '../person.ts';
import { test } from './hive-fixture.ts';
import { heading, healthy, passWelcome, row } from './hive-person.ts';

/** Walks to a page of This computer: with Tab to the list of the sidebar, with the arrows among its rows. */
async function walkTo(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole('region', { name: 'Agents' }).getByRole('button').first());
  for (let pressed = 0; pressed < 40; pressed += 1) {
    if (await row(page, name).evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(row(page, name)).toBeFocused();
  await page.keyboard.press('Enter');
}

test('joined by an invite and left again, with the keyboard alone', async ({ hive, models, startNode, openPage }) => {
  const central = await hive.startCentral();
  const link = await hive.invite(central);
  const page = await openPage(await startNode({ environment: environmentOf(models) }));
  await tabTo(page, page.getByRole('button', { name: 'Start chatting' }));
  await page.keyboard.press('Enter');
  await expect(composer(page)).toBeFocused();

  await test.step('from the chat to a hive', async () => {
    await walkTo(page, 'Trust');
    await tabTo(page, page.getByRole('button', { name: 'Join a hive' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('textbox', { name: 'Invite link' }));
    await page.keyboard.insertText(link);
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Join', exact: true }));
    await page.keyboard.press('Enter');
    await healthy(page);
    await expect(heading(page, /^You are in/)).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: 'See who can read what' }));
    await page.keyboard.press('Enter');
    await expect(heading(page, 'Trust')).toBeVisible();
  });

  await test.step('out of it', async () => {
    await tabTo(page, page.getByRole('button', { name: /^Leave the hive/ }));
    await page.keyboard.press('Enter');
    const leave = page.getByRole('dialog').getByRole('button', { name: 'Leave the hive' });
    await tabTo(page, leave);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Working alone, all well')).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: 'Join a hive' }));
  });
});

test('health is looked at with the keyboard alone', async ({ startNode, openPage }) => {
  const page = await openPage(await startNode());
  await passWelcome(page);
  await walkTo(page, 'Health');
  await expect(heading(page, 'Health')).toBeVisible();
  const check = page.locator('header').getByRole('button', { name: 'Check now' });
  await tabTo(page, check);
  const database = page.locator('[data-check=database]');
  await expect(database).toHaveAttribute('data-verdict', 'unknown');
  await page.keyboard.press('Enter');
  await expect(database).toHaveAttribute('data-verdict', 'passed');
  await expect(check).toBeFocused();
});
