import path from 'node:path';
import { app, dialog, type RelaunchOptions, session } from 'electron';
import { arrivalOf, arrivalsOf } from './links/arrival.ts';
import { claimApp } from './links/claim-app.ts';
import { registerLinkScheme } from './links/link-scheme.ts';
import { createExternalOpener } from './links/open-external.ts';
import { createOpenedLinks } from './links/opened-links.ts';
import { type Arrivals, receiveArrivals } from './links/receive-arrivals.ts';
import { startAgainOptions } from './links/start-again.ts';
import { keepLog, type ShellLog } from './logs/keep-log.ts';
import { logHandlers } from './logs/log-handlers.ts';
import type { NodeStart } from './node/fork-node.ts';
import { dataFolders } from './node/node-flags.ts';
import { quitWithNode } from './node/quit-with-node.ts';
import { startNode } from './node/start-node.ts';
import { showNotifications } from './notifications/notifications.ts';
import { followTheme, mirrorNodeSettings } from './settings/follow-theme.ts';
import { keepLoginItem } from './settings/login-item.ts';
import { type OpenedSettings, openSettings } from './settings/open-settings.ts';
import { showSettings } from './settings/settings-handlers.ts';
import { firstView } from './shell/first-view.ts';
import { serveShell } from './shell/shell-calls.ts';
import { shellHandlers } from './shell/shell-handlers.ts';
import { ShellState } from './shell/shell-state.ts';
import { watchState } from './shell/state-watch.ts';
import { closeToTray } from './tray/close-to-tray.ts';
import { showTray } from './tray/tray.ts';
import { isInstallOnly } from './updates/install-only.ts';
import { startUpdates } from './updates/start-updates.ts';
import { limitDownloads } from './window/downloads.ts';
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

const args = process.argv.slice(1);

if (isInstallOnly(process.env)) app.exit();
else begin();

function begin(): void {
  const handover = arrivalOf(args, process.cwd());
  const { isFirst, profile } = claimApp(dataFolders(args, nodeEnvironment(), program), handover);
  if (!isFirst) {
    console.error('Nunba runs already; its window is shown.');
    app.quit();
    return;
  }
  const arrivals = receiveArrivals(arrivalsOf(args, process.cwd()));
  const log = keepLog(app.getPath('logs'));
  const opened = openSettings(app.getPath('userData'), Date.now());
  chooseGraphics(opened.settings);
  // Not awaited here: Electron is ready only when this module has been loaded.
  app
    .whenReady()
    .then(() => start(opened, log, arrivals))
    .then(() => registerLinkScheme(profile))
    .catch(giveUp);
}

function start(opened: OpenedSettings, log: ShellLog, arrivals: Arrivals): void {
  const { settings } = opened;
  limitPermissions(session.defaultSession);
  guardEveryPage(createExternalOpener(settings));
  servePage(session.defaultSession, path.join(program, '..', 'renderer'));
  followTheme(settings);
  const state = new ShellState(firstView(process.platform, Date.now()));
  limitDownloads(session.defaultSession, state);
  showSettings(state, opened);
  keepLoginItem(settings);
  watchGraphics(settings, state);
  const node = startNode(nodeStart(log), (runtime) => state.update({ runtime }));
  const updates = startUpdates({ state, node });
  quitWithNode({ node, updates, closeArrivals: () => relaunchFor(arrivals.close()) });
  mirrorNodeSettings(node.link, settings);
  const isHidden = isHiddenStart(process.argv, settings);
  const rescue = createPageRescue(state);
  const keep = closeToTray(state, settings);
  const window = openMainWindow({ program, settings, isHidden, onNoPage: giveUp }, (opened) => {
    rescue(opened);
    keep(opened);
  });
  if (isHidden) showWithoutTray(state, window);
  const seen = watchState(node.link, state, Date.now);
  showTray({ program, state, settings, node, seen, window });
  showNotifications({ link: node.link, state, seen, window });
  const logs = logHandlers({ folder: log.folder, state, settings, link: node.link, window: window.get });
  const links = createOpenedLinks(state);
  serveShell(state, shellHandlers({ state, node, settings, updates, logs, links }));
  servePorts(node);
  setMenu(menuActs(window, logs));
  arrivals.openWith((one) => {
    window.show();
    if (one) void links.open(one);
  });
  app.on('activate', () => window.show());
}

/** How to start again for what has come since the app began to end. */
function relaunchFor(late: ReturnType<Arrivals['close']>): () => RelaunchOptions | null {
  return () => {
    const arrivals = late();
    return arrivals && startAgainOptions({ args, folder: process.cwd(), appImage: process.env.APPIMAGE }, arrivals);
  };
}

function nodeStart(log: ShellLog): NodeStart {
  return {
    program,
    args,
    environment: nodeEnvironment(),
    print: (text) => log.print(text),
  };
}

/** The desktop knows where the person's documents are; the node's data is in there unless somebody says otherwise. */
function nodeEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, XDG_DOCUMENTS_DIR: app.getPath('documents') };
}

/** Where nothing of the page can be shown, the system's own box says what happened. */
function giveUp(error: unknown): void {
  console.error(error);
  dialog.showErrorBox('Nunba cannot start', `The window could not be opened: ${String(error)}`);
  app.exit(nunbaFailedCode);
}
