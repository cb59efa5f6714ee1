import { expect, type Locator, type Page } from '@playwright/test';

const mostTabs = 80;
/** Room around a control in which its focus may show, px. */
const margin = 6;

/** Moves the focus with the Tab key until `target` has it, and checks that a person can see so. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < mostTabs; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return expectFocusShown(page, target);
    await page.keyboard.press(key);
  }
  throw new Error(`${mostTabs} times ${key} did not lead to ${target}.`);
}

/** Compares the focused control with how it looks without the focus. */
export async function expectFocusShown(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  const box = await target.boundingBox();
  const size = page.viewportSize();
  if (!box || !size) throw new Error(`${target} has no place on the screen.`);
  const x = Math.max(0, box.x - margin);
  const y = Math.max(0, box.y - margin);
  const width = Math.min(size.width - x, box.width + 2 * margin);
  const height = Math.min(size.height - y, box.height + 2 * margin);
  const look = () => page.screenshot({ clip: { x, y, width, height }, animations: 'disabled', caret: 'hide' });
  const focused = await look();
  await target.evaluate((element: HTMLElement) => element.blur());
  const plain = await look();
  await target.evaluate((element: HTMLElement) => element.focus());
  expect(focused.equals(plain), `the focus of ${target} can be seen`).toBe(false);
}
