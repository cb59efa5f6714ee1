import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { app, Menu, type MenuItemConstructorOptions, nativeTheme, Tray } from 'electron';
import type { ShellNode } from '../node/start-node.ts';
import type { ShellSettings } from '../settings/shell-settings.ts';
import type { ShellState } from '../shell/shell-state.ts';
import type { StateWatch } from '../shell/state-watch.ts';
import type { MainWindow } from '../window/main-window.ts';
import { runProgram } from './run-program.ts';
import { awaitTrayHost, type TrayPresence } from './tray-host.ts';
import { isPanelDark, trayIconFile } from './tray-icon.ts';
import { type TrayAction, type TrayItem, trayMenu, trayTooltip } from './tray-menu.ts';

/** What the tray works with. */
export interface TrayParts {
  /** Folder of the built program; the pictures are beside it, in `icons/tray`. */
  readonly program: string;
  readonly state: ShellState;
  readonly settings: ShellSettings;
  readonly node: Pick<ShellNode, 'link' | 'restart'>;
  readonly seen: StateWatch;
  readonly window: Pick<MainWindow, 'show' | 'ask'>;
}

/** Shows the tray where this desktop has one, and says once where it has none. Until that is known it is `not-yet`. */
export function showTray(parts: TrayParts): void {
  const settle = (tray: TrayPresence): void => {
    parts.state.update({ tray });
    if (tray === 'none') sayOnce(parts);
  };
  if (openTray(parts)) void awaitTrayHost(process.platform, runProgram, wait).then(settle);
  else settle('none');
}

/** Kept by Electron as long as the app runs; drawn anew whenever the state or the panel changes. */
function openTray(parts: TrayParts): boolean {
  const folder = path.join(parts.program, '..', 'icons', 'tray');
  const pictureOf = (): string => path.join(folder, trayIconFile(parts.seen.get().state, panel()));
  let tray: Tray;
  try {
    tray = new Tray(pictureOf());
  } catch (error) {
    console.error('This desktop takes no tray icon:', error);
    return false;
  }
  const acts = actsOf(parts);
  let shown = '';
  const draw = (): void => {
    const view = parts.seen.get();
    const items = trayMenu(view, Date.now());
    const tooltip = trayTooltip(view, Date.now());
    const picture = pictureOf();
    const next = JSON.stringify([picture, tooltip, items]);
    // An open menu closes when it is replaced.
    if (next === shown || tray.isDestroyed()) return;
    shown = next;
    tray.setImage(picture);
    tray.setToolTip(tooltip);
    tray.setContextMenu(Menu.buildFromTemplate(items.map((item) => menuItem(item, acts))));
  };
  parts.seen.watch(draw);
  nativeTheme.on('updated', draw);
  // On macOS and many Linux desktops a click opens the menu.
  if (process.platform === 'win32') tray.on('click', () => parts.window.show());
  return true;
}

function panel(): { readonly platform: string; readonly isDark: boolean } {
  const { platform } = process;
  const isDark =
    platform === 'linux' ? nativeTheme.shouldUseDarkColors : nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
  return { platform, isDark: isPanelDark(platform, { isDark }, process.env.XDG_CURRENT_DESKTOP ?? '') };
}

function menuItem(item: TrayItem, acts: Readonly<Record<TrayAction, () => void>>): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'line':
      return { type: 'separator' };
    case 'text':
      return { label: item.label, enabled: false };
    case 'action':
      return { id: item.action, label: item.label, enabled: item.isEnabled, click: () => acts[item.action]() };
  }
}

function actsOf({ node, window }: TrayParts): Readonly<Record<TrayAction, () => void>> {
  const call = (name: 'agents.pause' | 'agents.resume' | 'status.check' | 'trust.renew'): void => {
    node.link.call(name, {}).catch((error: unknown) => console.error(`The tray could not do ${name}:`, error));
  };
  return {
    open: () => window.show(),
    'new-chat': () => window.ask({ kind: 'new-chat' }),
    settings: () => window.ask({ kind: 'settings', section: 'general' }),
    'open-models': () => window.ask({ kind: 'settings', section: 'models' }),
    'open-keys': () => window.ask({ kind: 'settings', section: 'keys' }),
    'open-storage': () => window.ask({ kind: 'settings', section: 'storage' }),
    'open-join': () => window.ask({ kind: 'page', page: 'join' }),
    'open-trust': () => window.ask({ kind: 'page', page: 'trust' }),
    renew: () => call('trust.renew'),
    pause: () => call('agents.pause'),
    resume: () => call('agents.resume'),
    check: () => call('status.check'),
    restart: () => node.restart(),
    quit: () => app.quit(),
  };
}

function sayOnce({ state, settings }: TrayParts): void {
  const { remembered } = settings.get();
  if (remembered.toldNoTray) return;
  state.notify({ kind: 'no-tray' });
  settings.remember({ remembered: { ...remembered, toldNoTray: true } });
}
