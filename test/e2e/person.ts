import { expect, type Locator, type Page } from '@playwright/test';

/** Where the person writes to an agent. */
export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message / });
}

/** Answers of agents that are in the document, oldest first. */
export function answers(page: Page): Locator {
  return page.getByRole('article', { name: / answered$/ });
}

/** Messages of the person that are in the document, oldest first. */
export function prompts(page: Page): Locator {
  return page.getByRole('article', { name: 'You wrote' });
}

export function lastAnswer(page: Page): Locator {
  return answers(page).last();
}

/** Writes and sends a message. */
export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/**
 * Sends a message and waits until its answer holds `answer` and is over. The message itself is waited for first: until it
 * stands in the thread, the last answer is that to the message before, and one that is typed meanwhile replaces it.
 */
export async function ask(page: Page, text: string, answer: string | RegExp): Promise<void> {
  await send(page, text);
  await expect(prompts(page).last()).toContainText(text);
  await expect(lastAnswer(page)).toContainText(answer);
  await answered(page);
}

/** Waits until no answer is on its way any more. */
export async function answered(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeHidden();
  await expect(lastAnswer(page)).toHaveAttribute('aria-busy', 'false');
}

/** Leaves the welcome for a new chat, where a model is there already. */
export async function startChatting(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start chatting' }).click();
  await expect(composer(page)).toBeVisible();
}

/** Begins a new chat with an agent of the sidebar. */
export async function chatWith(page: Page, agent: string): Promise<void> {
  await page.getByRole('region', { name: 'Agents' }).getByRole('button', { name: agent }).click();
  await expect(page.getByRole('textbox', { name: `Message ${agent}` })).toBeVisible();
}

/** Shows a section of the settings. */
export async function showSettings(page: Page, section: string): Promise<Locator> {
  await page.keyboard.press('Control+,');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: section }).click();
  const region = page.getByRole('region', { name: `Settings: ${section}`, exact: true });
  await expect(region).toBeVisible();
  return region;
}

/** Counts what the person presses with the mouse from now on. */
export async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    document.documentElement.dataset.clicks = '0';
    const count = (event: PointerEvent): void => {
      const { dataset } = document.documentElement;
      if (event.isTrusted) dataset.clicks = String(Number(dataset.clicks) + 1);
    };
    document.addEventListener('pointerdown', count, { capture: true });
  });
  return () => page.evaluate(() => Number(document.documentElement.dataset.clicks));
}
