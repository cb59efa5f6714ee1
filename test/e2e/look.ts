import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

/** A size of the window at which every screen is looked at. `zoom` 2 is what 200 % does: half the room, twice the size. */
export interface WindowSize {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly zoom: number;
}

export const windowSizes: readonly WindowSize[] = [
  { name: '480', width: 480, height: 860, zoom: 1 },
  { name: '1280', width: 1280, height: 860, zoom: 1 },
  { name: '2560', width: 2560, height: 1300, zoom: 1 },
  // A 4K screen whose owner scales nothing.
  { name: '3840', width: 3840, height: 2160, zoom: 1 },
  { name: '1280-at-200-percent', width: 640, height: 430, zoom: 2 },
];

/** The size in which the tests of the look do what lies between two screens. */
export const usualSize: WindowSize = { name: 'usual', width: 1280, height: 860, zoom: 1 };

/** Looks at a screen, which it is given a name for. */
export type Look = (screen: string) => Promise<void>;
/** Keeps a picture of a page under a name. */
export type Picture = (page: Page, name: string) => Promise<void>;

/** Looks at a screen in every size: keeps a picture of each, checks that nothing stands out, asks axe once. */
export function lookerAt(page: Page, theme: string, picture: Picture): Look {
  return async (screen) => {
    await test.step(screen, async () => {
      await expectAccessible(page, `${screen}, ${theme}`);
      for (const size of windowSizes) {
        await resize(page, size);
        await picture(page, `${screen}-${theme}-${size.name}`);
        expect.soft(await overflowing(page), `${screen}, ${theme}, ${size.name} wide`).toEqual([]);
      }
      await resize(page, usualSize);
    });
  };
}

/** Gives the window a size, as a person's screen and zoom would. */
export async function resize(page: Page, size: WindowSize): Promise<void> {
  await page.setViewportSize({ width: size.width, height: size.height });
  const session = await page.context().newCDPSession(page);
  const { width, height, zoom } = size;
  const metrics = { width, height, deviceScaleFactor: zoom, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', metrics);
  await session.detach();
}

/** What stands out of the window to the side where nothing lets it be scrolled to, as short descriptions. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element): boolean => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
    const isHeld = (element: Element): boolean => {
      for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
        if (scrolls(above) && above.getBoundingClientRect().right <= innerWidth + 1) return true;
      }
      return false;
    };
    const isShown = (element: Element): boolean => element.checkVisibility({ opacityProperty: true });
    const out = [...document.body.querySelectorAll('*')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.right > innerWidth + 1 && isShown(element) && !isHeld(element);
    });
    const wide = [...document.querySelectorAll('html, body, main, nav, section.thread, [role=dialog]')].filter(
      (element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0,
    );
    const describe = (element: Element): string =>
      `<${element.tagName.toLowerCase()} class="${element.getAttribute('class')?.slice(0, 60) ?? ''}">`;
    return [...out.slice(0, 5), ...wide].map(describe);
  });
}

/** Fails, softly, with what axe calls serious or critical. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await motionEnds(page);
  // In the page itself: a window of the desktop app can open no other one to gather the results in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = grave.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
  expect.soft(told, `axe on ${name}`).toEqual([]);
}

/** What is still fading in has less contrast than it will have. Spinners turn for ever and are not waited for. */
async function motionEnds(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ends = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
      // One that is cancelled has ended too.
      .map(({ finished }) => finished.catch(() => undefined));
    await Promise.all(ends);
  });
}

/** Looks at a screen in both themes and two sizes: for what a test of its own in each theme would cost too much. */
export function lookerInBothThemes(page: Page, picture: Picture): Look {
  return async (screen) => {
    await test.step(screen, async () => {
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await expectAccessible(page, `${screen}, ${theme}`);
        const size = windowSizes[theme === 'light' ? 0 : 1] ?? usualSize;
        await resize(page, size);
        await picture(page, `${screen}-${theme}-${size.name}`);
        expect.soft(await overflowing(page), `${screen}, ${theme}, ${size.name} wide`).toEqual([]);
        await resize(page, usualSize);
      }
    });
  };
}
