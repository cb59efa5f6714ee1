import { app, dialog, Menu } from 'electron';
import { describeFailure } from '../../node-core/api/failure-sentences.ts';
import { failureOf } from '../../node-core/api/failures.ts';
import type { LogHandlers } from '../logs/log-handlers.ts';
import type { MainWindow } from './main-window.ts';
import { type MenuAction, menuTemplate } from './menu-template.ts';

/** Gives the app its menu. */
export function setMenu(act: (action: MenuAction) => void): void {
  const facts = { platform: process.platform, isPackaged: app.isPackaged };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(facts, act)));
}

/** What the menu's items do. */
export function menuActs(window: Pick<MainWindow, 'ask' | 'zoom'>, logs: LogHandlers): (action: MenuAction) => void {
  const run = (answer: () => unknown): void => {
    Promise.resolve()
      .then(answer)
      .catch((error: unknown) => {
        const failure = failureOf(error);
        console.error('A command of the menu failed:', error);
        dialog.showErrorBox('That did not work', failure ? describeFailure(failure) : 'The log says more.');
      });
  };
  return (action) => {
    if (action.kind === 'page') window.ask(action.command);
    if (action.kind === 'zoom') window.zoom(action.step);
    if (action.kind === 'open-logs') run(() => logs['logs.open']({}));
    if (action.kind === 'save-diagnostics') run(() => logs['diagnostics.save']({}));
  };
}
