import path from 'node:path';
import { app, dialog, session } from 'electron';
import { keepLog, type ShellLog } from './logs/keep-log.ts';
import { logHandlers } from './logs/log-handlers.ts';
import type { NodeStart } from './node/fork-node.ts';
import { quitWithNode } from './node/quit-with-node.ts';
import { startNode } from './node/start-node.ts';
import { followTheme, mirrorNodeSettings } from './settings/follow-theme.ts';
import { keepLoginItem } from './settings/login-item.ts';
import { type OpenedSettings, openSettings } from './settings/open-settings.ts';
import { showSettings } from './settings/settings-handlers.ts';
import { firstView } from './shell/first-view.ts';
import { serveShell } from './shell/shell-calls.ts';
import { shellHandlers } from './shell/shell-handlers.ts';
import { ShellState } from './shell/shell-state.ts';
import { isInstallOnly } from './updates/install-only.ts';
import { startUpdates } from './updates/start-updates.ts';
import { chooseGraphics, watchGraphics } from './window/graphics-crash.ts';
import { isHiddenStart, showWithoutTray } from './window/hidden-start.ts';
import { openMainWindow } from './window/main-window.ts';
import { menuActs, setMenu } from './window/menu.ts';
import { guardEveryPage } from './window/navigation.ts';
import { createPageRescue } from './window/page-crash.ts';
import { servePorts } from './window/page-ports.ts';
import { registerPageScheme, servePage } from './window/page-protocol.ts';
import { limitPermissions } from './window/permissions.ts';

/** Tells the launcher that Electron runs, but Nunba could not start. */
const nunbaFailedCode = 70;
/** The folder of the built program; other modules cannot know it, because bundling moves them. */
const program = import.meta.dirname;

app.setName('Nunba');
registerPageScheme();

if (isInstallOnly(process.env)) {
  app.exit();
} else if (app.requestSingleInstanceLock()) {
  const log = keepLog(app.getPath('logs'));
  const opened = openSettings(app.getPath('userData'), Date.now());
  chooseGraphics(opened.settings);
  // Not awaited here: Electron is ready only when this module has been loaded.
  app
    .whenReady()
    .then(() => start(opened, log))
    .catch(giveUp);
} else {
  console.error('Nunba runs already; its window is shown.');
  app.quit();
}

function start(opened: OpenedSettings, log: ShellLog): void {
  const { settings } = opened;
  limitPermissions(session.defaultSession);
  guardEveryPage();
  servePage(session.defaultSession, path.join(program, '..', 'renderer'));
  followTheme(settings);
  const state = new ShellState(firstView(process.platform, Date.now()));
  showSettings(state, opened);
  keepLoginItem(settings);
  watchGraphics(settings, state);
  const node = startNode(nodeStart(log), (runtime) => state.update({ runtime }));
  const updates = startUpdates({ state, node });
  quitWithNode(node, updates);
  mirrorNodeSettings(node.link, settings);
  const isHidden = isHiddenStart(process.argv, settings);
  const window = openMainWindow({ program, settings, isHidden, onNoPage: giveUp }, createPageRescue(state));
  if (isHidden) showWithoutTray(state, window);
  const logs = logHandlers({ folder: log.folder, state, settings, link: node.link, window: window.get });
  serveShell(state, shellHandlers({ state, node, settings, updates, logs }));
  servePorts(node);
  setMenu(menuActs(window, logs));
  app.on('second-instance', () => window.show());
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => app.quit());
}

/** The desktop knows where the person's documents are; the node's data is in there unless somebody says otherwise. */
function nodeStart(log: ShellLog): NodeStart {
  return {
    program,
    args: process.argv.slice(1),
    environment: { ...process.env, XDG_DOCUMENTS_DIR: app.getPath('documents') },
    print: (text) => log.print(text),
  };
}

/** Where nothing of the page can be shown, the system's own box says what happened. */
function giveUp(error: unknown): void {
  console.error(error);
  dialog.showErrorBox('Nunba cannot start', `The window could not be opened: ${String(error)}`);
  app.exit(nunbaFailedCode);
}
