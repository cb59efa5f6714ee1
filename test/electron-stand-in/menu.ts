import { EventEmitter } from 'node:events';
import type { MenuItem as ElectronItem, Menu as ElectronMenu, MenuItemConstructorOptions } from 'electron';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import type { SeenMenuItem } from './record.ts';
import { classStandsFor, type Members } from './stands-for.ts';

type Options = MenuItemConstructorOptions;

/** An item that can be pressed; of the roles it knows those that end or reload something. */
export class MenuItem implements SeenMenuItem {
  readonly id: string;
  readonly type: NonNullable<Options['type']>;
  readonly role: Options['role'];
  readonly accelerator: string | undefined;
  readonly submenu: Menu | null;
  readonly toolTip: string;
  label: string;
  sublabel: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly #onClick: Options['click'];

  constructor(options: Options) {
    const { submenu, role, type, label = role ?? '', enabled = true, visible = true, checked = false } = options;
    this.id = options.id ?? '';
    this.role = role;
    this.accelerator = options.accelerator;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : ((submenu as Menu | undefined) ?? null);
    this.type = type ?? (this.submenu ? 'submenu' : 'normal');
    this.toolTip = options.toolTip ?? '';
    this.label = label;
    this.sublabel = options.sublabel ?? '';
    this.enabled = enabled;
    this.visible = visible;
    this.checked = checked;
    this.#onClick = options.click;
  }

  /** As a person presses it: a grey item does nothing. */
  click(): void {
    if (!this.enabled) return;
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') this.checked = true;
    const window = BrowserWindow.getFocusedWindow();
    if (this.#onClick) {
      const modifiers = {
        shiftKey: false,
        ctrlKey: false,
        altKey: false,
        metaKey: false,
        triggeredByAccelerator: false,
      };
      this.#onClick(this as unknown as ElectronItem, (window ?? undefined) as never, modifiers as never);
    } else this.#playRole(window);
  }

  #playRole(window: BrowserWindow | null): void {
    if (this.role === 'quit') app.quit();
    else if (this.role === 'close') window?.close();
    else if (this.role === 'minimize') window?.minimize();
    else if (this.role === 'reload') window?.reload();
    else if (this.role === 'togglefullscreen') window?.setFullScreen(!window.isFullScreen());
  }
}
classStandsFor('MenuItem', MenuItem);

/** A menu of a window, a tray or the page. */
export class Menu extends EventEmitter implements Members<Pick<ElectronMenu, 'closePopup'>> {
  static #ofApp: Menu | null = null;
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: readonly (Options | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const one of template) menu.append(one instanceof MenuItem ? one : new MenuItem(one));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#ofApp = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#ofApp;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }

  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(): void {
    this.emit('menu-will-show');
  }

  closePopup(): void {
    this.emit('menu-will-close');
  }
}
classStandsFor('Menu', Menu);
