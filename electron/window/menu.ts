import { app, Menu } from 'electron';
import { type MenuAction, menuTemplate } from './menu-template.ts';

/** Gives the app its menu. */
export function setMenu(act: (action: MenuAction) => void): void {
  const facts = { platform: process.platform, isPackaged: app.isPackaged };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(facts, act)));
}
