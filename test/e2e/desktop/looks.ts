import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { expectAccessible, overflowing } from '../look.ts';

const screenshots = path.join(import.meta.dirname, '../../../test-output/screenshots');

/** The sizes at which the desktop's own screens are looked at: with the sidebar beside them, and without. */
export const sizes = {
  narrow: { width: 480, height: 820 },
  wide: { width: 1200, height: 820 },
} as const;

/** Looks at what is shown, in both themes and at every size: keeps a picture, checks that nothing stands out, asks axe. */
export async function expectLooksWell(
  page: Page,
  name: string,
  at: readonly (typeof sizes)[keyof typeof sizes][] = [sizes.narrow, sizes.wide],
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of at) {
      await page.setViewportSize(size);
      const shown = `desktop-${name}-${colorScheme}-${size.width}`;
      await page.screenshot({ path: path.join(screenshots, `${shown}.png`), animations: 'disabled' });
      expect.soft(await overflowing(page), shown).toEqual([]);
      await expectAccessible(page, shown);
    }
  }
}
