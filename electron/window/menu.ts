import { app, Menu } from 'electron';
import type { MainWindow } from './main-window.ts';
import { type MenuAction, menuTemplate } from './menu-template.ts';

/** Gives the app its menu. */
export function setMenu(act: (action: MenuAction) => void): void {
  const facts = { platform: process.platform, isPackaged: app.isPackaged };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(facts, act)));
}

/** What the menu's items do. */
export function menuActs(window: Pick<MainWindow, 'ask' | 'zoom'>): (action: MenuAction) => void {
  return (action) => {
    if (action.kind === 'page') window.ask(action.command);
    if (action.kind === 'zoom') window.zoom(action.step);
  };
}
