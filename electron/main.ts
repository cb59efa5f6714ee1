import path from 'node:path';
import { app, dialog, type MessagePortMain, session } from 'electron';
import { forkNode } from './node/fork-node.ts';
import { watchNode } from './node/node-process.ts';
import { shellClock } from './node/shell-clock.ts';
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

app.setName('Nunba');
registerPageScheme();

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => app.quit());
  // Not awaited here: Electron is ready only when this module has been loaded.
  void app.whenReady().then(start);
} else {
  console.error('Nunba runs already; its window is shown.');
  app.quit();
}

function start(): void {
  limitPermissions(session.defaultSession);
  servePage(session.defaultSession, path.join(import.meta.dirname, '..', 'renderer'));
  setMenu(process.platform);
  const node = watchNode<MessagePortMain>({
    fork: () => forkNode(nodeEnvironment(), process.argv.slice(1)),
    clock: shellClock,
    onFailed: giveUp,
  });
  const state = new ShellState(firstView(process.platform, Date.now()));
  serveShell(state, shellHandlers(state));
  servePorts((port) => node.attach(port));
  openWindow();

  let hasStopped = false;
  app.on('will-quit', (event) => {
    if (hasStopped) return;
    event.preventDefault();
    void node.stop().then(() => {
      hasStopped = true;
      app.quit();
    });
  });
}

/** The desktop knows where the person's documents are; the node's data is in there unless somebody says otherwise. */
function nodeEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, XDG_DOCUMENTS_DIR: app.getPath('documents') };
}

function giveUp(sentence: string): void {
  console.error(sentence);
  dialog.showErrorBox('Nunba cannot go on', sentence);
  app.exit(nunbaFailedCode);
}
