import path from 'node:path';
import { app, dialog, session } from 'electron';
import type { NodeStart } from './node/fork-node.ts';
import { quitWithNode } from './node/quit-with-node.ts';
import { startNode } from './node/start-node.ts';
import { firstView } from './shell/first-view.ts';
import { serveShell } from './shell/shell-calls.ts';
import { shellHandlers } from './shell/shell-handlers.ts';
import { ShellState } from './shell/shell-state.ts';
import { setMenu } from './window/menu.ts';
import { servePorts } from './window/page-ports.ts';
import { registerPageScheme, servePage } from './window/page-protocol.ts';
import { limitPermissions } from './window/permissions.ts';
import { openWindow, showWindow } from './window/window.ts';

/** Tells the launcher that Electron runs, but Nunba could not start. */
const nunbaFailedCode = 70;
/** The folder of the built program; other modules cannot know it, because bundling moves them. */
const program = import.meta.dirname;

app.setName('Nunba');
registerPageScheme();

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => app.quit());
  // Not awaited here: Electron is ready only when this module has been loaded.
  app.whenReady().then(start).catch(giveUp);
} else {
  console.error('Nunba runs already; its window is shown.');
  app.quit();
}

function start(): void {
  limitPermissions(session.defaultSession);
  servePage(session.defaultSession, path.join(program, '..', 'renderer'));
  setMenu(process.platform);
  const state = new ShellState(firstView(process.platform, Date.now()));
  const node = startNode(nodeStart(), (runtime) => state.update({ runtime }));
  quitWithNode(node);
  serveShell(state, shellHandlers({ state, node }));
  servePorts(node);
  openWindow(program, giveUp);
}

/** The desktop knows where the person's documents are; the node's data is in there unless somebody says otherwise. */
function nodeStart(): NodeStart {
  return {
    program,
    args: process.argv.slice(1),
    environment: { ...process.env, XDG_DOCUMENTS_DIR: app.getPath('documents') },
    print: null,
  };
}

/** Where nothing of the page can be shown, the system's own box says what happened. */
function giveUp(error: unknown): void {
  console.error(error);
  dialog.showErrorBox('Nunba cannot start', `The window could not be opened: ${String(error)}`);
  app.exit(nunbaFailedCode);
}
