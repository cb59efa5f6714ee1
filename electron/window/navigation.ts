import { app, shell, type WebContents } from 'electron';
import { isExternalLink, isPageAddress } from './page-address.ts';

/** Guards every page there will ever be, whoever opens it. Before the first window. */
export function guardEveryPage(): void {
  app.on('web-contents-created', (_event, contents) => guardNavigation(contents));
}

/** Keeps a window on the page: nothing navigates it, nothing opens another; web links go to the person's browser. */
function guardNavigation(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    openExternally(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isReload(event.url)) return;
    event.preventDefault();
    if (event.isMainFrame) openExternally(event.url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The page may load itself anew; it has one address. */
function isReload(address: string): boolean {
  return isPageAddress(address) && new URL(address).pathname === '/';
}

function openExternally(address: string): void {
  if (!isExternalLink(address)) return;
  shell.openExternal(address).catch((error: unknown) => console.error('A link could not be opened:', error));
}
