import { app, type WebContents } from 'electron';
import { offerContextMenu } from './context-menu.ts';
import { isPageAddress } from './page-address.ts';

/**
 * Guards every page there will ever be, whoever opens it, and gives it the system's menu. Before the first window.
 * @param openExternally what happens to an address that leads elsewhere
 */
export function guardEveryPage(openExternally: (address: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents, openExternally);
    offerContextMenu(contents);
  });
}

/** Keeps a window on the page: nothing navigates it, nothing opens another. */
function guardNavigation(contents: WebContents, openExternally: (address: string) => void): void {
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
