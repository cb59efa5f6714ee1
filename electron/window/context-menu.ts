import { app, BrowserWindow, clipboard, Menu, type WebContents } from 'electron';
import { contextMenuItems } from './context-menu-items.ts';

/** Shows the system's menu where the page has none of its own; a page's own menu keeps this event from coming. */
export function offerContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, place) => {
    const facts = { platform: process.platform, canInspect: !app.isPackaged };
    const items = contextMenuItems(place, facts, {
      copyText: (text) => clipboard.writeText(text),
      lookUp: () => contents.showDefinitionForSelection(),
      inspect: (x, y) => contents.inspectElement(x, y),
    });
    const window = BrowserWindow.fromWebContents(contents);
    if (items.length > 0 && window) Menu.buildFromTemplate(items).popup({ window });
  });
}
