import { expect, type Page } from '@playwright/test';
import { environmentOf, modelTest } from '../model-fixture.ts';
import { startChatting } from '../person.ts';
import { temporaryHome } from '../run-program.ts';
import { Desktop, type DesktopOptions } from './desktop.ts';

interface Fixtures {
  /** `test.use({ desktopOptions: ... })` says more about the app of the tests in a file. */
  readonly desktopOptions: DesktopOptions;
  /** An app with a home of its own that does not run yet: call `launch`. Errors of its pages fail the test. */
  readonly newDesktop: (options?: DesktopOptions) => Desktop;
  /** The app, started. */
  readonly desktop: Desktop;
  /** The page of an app whose environment names `models`, at a new chat. */
  readonly chatDesktop: { readonly desktop: Desktop; readonly page: Page };
}

/** Playwright's `test` with the desktop app: on Electron where it is there, else on the stand-in. */
export const test = modelTest.extend<Fixtures>({
  desktopOptions: [{}, { option: true }],

  newDesktop: async ({ desktopOptions }, use) => {
    const started: { readonly desktop: Desktop; remove(): void }[] = [];
    await use((options = {}) => {
      const { folder, remove } = temporaryHome();
      const environment = { ...desktopOptions.environment, ...options.environment };
      const desktop = new Desktop(folder, { environment, args: options.args ?? desktopOptions.args ?? [] });
      started.push({ desktop, remove });
      return desktop;
    });
    for (const { desktop, remove } of started) {
      await desktop.quit();
      remove();
    }
    const faults = started.flatMap(({ desktop }) => desktop.unexpectedFaults());
    expect(faults, 'errors of the page that the test did not expect').toEqual([]);
  },

  desktop: async ({ newDesktop }, use) => {
    const desktop = newDesktop();
    await desktop.launch();
    await use(desktop);
  },

  chatDesktop: async ({ models, newDesktop }, use) => {
    const desktop = newDesktop({ environment: environmentOf(models) });
    await desktop.launch();
    const page = await desktop.page();
    await startChatting(page);
    await use({ desktop, page });
  },
});

/** Skips what only the stand-in can show: trays, notifications, opened links, a keyring that changes. */
export function standInOnly(desktop: Desktop): void {
  test.skip(desktop.kind !== 'stand-in', 'only the stand-in can show this');
}
