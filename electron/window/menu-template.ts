import type { MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '../../node-core/api/shell-views.ts';
import type { ZoomStep } from './zoom-step.ts';

/** What the app's own items of the menu ask for. */
export type MenuAction =
  | { readonly kind: 'page'; readonly command: ShellCommand }
  | { readonly kind: 'zoom'; readonly step: ZoomStep }
  | { readonly kind: 'open-logs' }
  | { readonly kind: 'save-diagnostics' };

/** What the menu depends on. */
export interface MenuFacts {
  readonly platform: string;
  /** In a checkout the page can be reloaded and looked into. */
  readonly isPackaged: boolean;
}

type Item = MenuItemConstructorOptions;
type Act = (action: MenuAction) => void;

const line: Item = { type: 'separator' };

/** The app's menu as people of each system expect it; hidden behind Alt where windows carry their own. */
export function menuTemplate(facts: MenuFacts, act: Act): Item[] {
  const isMac = facts.platform === 'darwin';
  return [
    ...(isMac ? [appMenu(act)] : []),
    fileMenu(isMac, act),
    editMenu(isMac, act),
    viewMenu(facts.isPackaged, act),
    { role: 'windowMenu' },
    helpMenu(isMac, act),
  ];
}

function appMenu(act: Act): Item {
  return {
    label: 'Nunba',
    submenu: [
      aboutItem(act),
      line,
      settingsItem(act),
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      { role: 'quit' },
    ],
  };
}

function fileMenu(isMac: boolean, act: Act): Item {
  return {
    label: '&File',
    submenu: [
      pageItem('New chat', { kind: 'new-chat' }, act, 'CommandOrControl+N'),
      line,
      pageItem('Import…', { kind: 'import' }, act),
      pageItem('Export…', { kind: 'export' }, act),
      ...(isMac ? [] : [line, settingsItem(act)]),
      line,
      { role: 'close' },
      ...(isMac ? [] : [{ role: 'quit' } as const]),
    ],
  };
}

function editMenu(isMac: boolean, act: Act): Item {
  return {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      line,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'pasteAndMatchStyle' },
      { role: 'selectAll' },
      line,
      pageItem('Search chats…', { kind: 'search' }, act, 'CommandOrControl+K'),
      ...(isMac
        ? [line, { label: 'Speech', submenu: [{ role: 'startSpeaking' }, { role: 'stopSpeaking' }] } as Item]
        : []),
    ],
  };
}

function viewMenu(isPackaged: boolean, act: Act): Item {
  const zoom = (label: string, step: ZoomStep, accelerator: string, id = `zoom-${step}`): Item => ({
    id,
    label,
    accelerator,
    click: () => act({ kind: 'zoom', step }),
  });
  const unseen = (step: ZoomStep, accelerator: string): Item => ({
    ...zoom('', step, accelerator, `zoom-${step}-${accelerator}`),
    visible: false,
    acceleratorWorksWhenHidden: true,
  });
  return {
    label: '&View',
    submenu: [
      zoom('Zoom in', 'in', 'CommandOrControl+Plus'),
      zoom('Zoom out', 'out', 'CommandOrControl+-'),
      zoom('Actual size', 'reset', 'CommandOrControl+0'),
      // The plus of most keyboards stands above "=", and the number block has its own.
      unseen('in', 'CommandOrControl+='),
      unseen('in', 'CommandOrControl+numadd'),
      unseen('out', 'CommandOrControl+numsub'),
      unseen('reset', 'CommandOrControl+num0'),
      line,
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : ([line, { role: 'reload' }, { role: 'toggleDevTools' }] as const)),
    ],
  };
}

function helpMenu(isMac: boolean, act: Act): Item {
  return {
    role: 'help',
    label: '&Help',
    submenu: [
      pageItem('Keyboard shortcuts', { kind: 'shortcuts' }, act),
      line,
      { id: 'open-logs', label: 'Open logs', click: () => act({ kind: 'open-logs' }) },
      { id: 'save-diagnostics', label: 'Save diagnostics…', click: () => act({ kind: 'save-diagnostics' }) },
      ...(isMac ? [] : [line, aboutItem(act)]),
    ],
  };
}

const settingsItem = (act: Act): Item =>
  pageItem('Settings…', { kind: 'settings', section: 'general' }, act, 'CommandOrControl+,');

const aboutItem = (act: Act): Item => ({
  ...pageItem('About Nunba', { kind: 'settings', section: 'about' }, act),
  id: 'about',
});

function pageItem(label: string, command: ShellCommand, act: Act, accelerator?: string): Item {
  const item = { id: command.kind, label, click: () => act({ kind: 'page', command }) };
  return accelerator === undefined ? item : { ...item, accelerator };
}
