import { expect, type Locator, type Page } from '@playwright/test';

/** A heading of the page. */
export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { name });
}

/** A row of the sidebar's group This computer. */
export function row(page: Page, name: string): Locator {
  return page.getByRole('region', { name: 'This computer' }).getByRole('button', { name });
}

/** Leaves the welcome, which a node without a model begins with. */
export async function passWelcome(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Later' }).click();
}

/** Leaves the welcome and shows where a link is entered. */
export async function toEnter(page: Page): Promise<void> {
  await passWelcome(page);
  await row(page, 'Trust').click();
  await page.getByRole('button', { name: 'Join a hive' }).click();
}

/** Brings a link and sees what joining by it means. */
export async function review(page: Page, link: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Invite link' });
  await field.fill(link);
  await field.press('Enter');
  await expect(page.getByRole('button', { name: 'Join', exact: true })).toBeVisible();
}

/** Agrees to what is reviewed. */
export async function join(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Join', exact: true }).click();
}

/** Waits until the foot of the sidebar says that the node is in the hive and well. */
export async function healthy(page: Page): Promise<void> {
  await expect(page.getByText(/^In (?:the )?hive.*, (?:all well|no model yet)$/)).toBeVisible();
}

/** Looks at everything on the page Health. */
export async function checkAll(page: Page): Promise<void> {
  await page.locator('header').getByRole('button', { name: 'Check now' }).click();
}

/** Waits until a check says so. */
export async function verdict(page: Page, code: string, expected: string): Promise<void> {
  await expect(page.locator(`[data-check=${code}]`)).toHaveAttribute('data-verdict', expected, { timeout: 30_000 });
}

/** Opens the page Members of a node that works with no model, as its steward does. */
export async function toMembers(page: Page): Promise<void> {
  await passWelcome(page);
  await row(page, 'Members').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
}
