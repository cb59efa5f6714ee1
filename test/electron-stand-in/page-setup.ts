import process from 'node:process';
import type { WebPreferences } from 'electron';
import { nativeTheme } from './native-theme.ts';
import type { PreloadBoot } from './page/preload-world.ts';
import { mainWorldScript, preloadWorld, preloadWorldScript } from './page/scripts.ts';
import { answerRequests, type Navigation } from './page-requests.ts';
import type { PageSession } from './page-session.ts';

/** What a page is given before it loads anything. */
export interface PageSetup {
  /** Names what the worlds of the page and the main process share; the page cannot guess it. */
  readonly key: string;
  readonly preferences: WebPreferences;
  readonly mayGo: (navigation: Navigation) => boolean;
}

/** Prepares an empty page: its two worlds, its requests, its colours. Rejects where there is no preload script. */
export async function setUpPage(page: PageSession, { key, preferences, mayGo }: PageSetup): Promise<void> {
  const { platform, arch, versions } = process;
  const { preload = '', additionalArguments = [] } = preferences;
  const boot: PreloadBoot = { key, platform, arch, versions, args: additionalArguments, file: preload };
  const preloadSource = preloadWorldScript(boot);
  await Promise.all([
    page.send('Page.enable'),
    page.send('Runtime.enable'),
    page.send('Runtime.addBinding', { name: key, executionContextName: preloadWorld }),
    answerRequests(page, mayGo),
    page.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(key) }),
    page.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadSource, worldName: preloadWorld }),
    showTheme(page),
  ]);
}

/** Lets a page see the theme of the app. */
export async function showTheme(page: PageSession): Promise<void> {
  const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
  await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}
