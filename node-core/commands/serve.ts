import fs from 'node:fs';
import module from 'node:module';
import process from 'node:process';
import { failureOf } from '../api/failures.ts';
import type { DecidedConfig } from '../config/decide-config.ts';
import { type Flags, readConfig, toNodeConfig } from '../config/read-config.ts';
import { refuseAimlessTier } from '../config/refuse-aimless-tier.ts';
import { createNode, type RunningNode } from '../node.ts';
import { placesIn } from '../platform/data-folder.ts';
import { createPlainHost } from '../platform/plain-host.ts';
import { systemClock } from '../platform/system-clock.ts';
import { exitCodes } from './exit-codes.ts';
import type { PageWindow } from './open-window.ts';
import { pageUrl } from './page-url.ts';
import type { Surroundings } from './surroundings.ts';

/** What `serve` shows besides the API. */
export interface ServeOptions {
  /** Serve the page and print its address. */
  readonly ui: boolean;
  /** Open it in a window as well. */
  readonly open: boolean;
}

/** The compiled code is kept for the next start once this one is over, ms after listening. */
const cacheDelayMs = 300;
const stopTimeoutMs = 10_000;

/** Runs a node until it is asked to stop. Resolves with the exit code. */
export async function serve(surroundings: Surroundings, flags: Flags, options: ServeOptions): Promise<number> {
  const { program, say } = surroundings;
  const hasPage = options.ui || options.open;
  if (hasPage && program.page === null) {
    say('The page is not built yet. Run "npm run build", then try again.');
    return exitCodes.failed;
  }
  const config = readConfig(flags, surroundings.environment, program);
  refuseAimlessTier(config);
  // Loaded while the folder is opened, which waits for the disk.
  void import('../http/personal-listener.ts');
  const { dataFolder } = config.values;
  await refuseFirstStart(config.values);
  const plain = createPlainHost(program);
  const host = { ...plain, paths: { ...plain.paths, page: hasPage ? program.page : null }, warn: say };
  let node: RunningNode;
  try {
    node = await createNode(toNodeConfig(config, program), host);
  } catch (error) {
    if (!options.open || failureOf(error)?.kind !== 'folder-locked') throw error;
    const { openPageOfRunning } = await import('./open-window.ts');
    if (await openPageOfRunning(surroundings, dataFolder)) return exitCodes.done;
    throw error;
  }
  return run(surroundings, node, { ...options, dataFolder, notes: config.notes });
}

/** A folder with a database may have a node that holds the port; then the folder says so. */
async function refuseFirstStart({ dataFolder, host, port }: DecidedConfig['values']): Promise<void> {
  if (port === 0 || fs.existsSync(placesIn(dataFolder).database)) return;
  const { tryPort } = await import('../http/listen-refusal.ts');
  await tryPort(host, port);
}

type RunOptions = ServeOptions & { readonly dataFolder: string; readonly notes: readonly string[] };

async function run(surroundings: Surroundings, node: RunningNode, options: RunOptions): Promise<number> {
  const { print } = surroundings;
  const stopAsked = Promise.withResolvers<number>();
  let isForced = false;
  const endSignals = surroundings.onStopSignal(() => {
    if (isForced) process.exit(exitCodes.interrupted);
    isForced = true;
    stopAsked.resolve(exitCodes.done);
  });
  watchForBugs(node, () => stopAsked.resolve(exitCodes.failed));
  let window: PageWindow | null = null;
  try {
    const { address } = await node.listen();
    print(`Nunba answers at ${address}\n`);
    for (const note of options.notes) surroundings.say(note);
    systemClock.after(cacheDelayMs, () => module.flushCompileCache());
    if (options.ui && !options.open) print(`The page: ${pageUrl(address, node.openPage().token)}\n`);
    if (options.open) {
      const { openWindow } = await import('./open-window.ts');
      window = await openWindow(surroundings, node, { address, dataFolder: options.dataFolder });
    }
    return await stopAsked.promise;
  } finally {
    window?.close();
    const timer = setTimeout(() => process.exit(exitCodes.failed), stopTimeoutMs);
    await node.stop();
    clearTimeout(timer);
    endSignals();
  }
}

/** What nobody foresaw stands in the log. After an exception the state is unknown, so the node ends in order. */
function watchForBugs(node: RunningNode, end: () => void): void {
  process.on('unhandledRejection', (error) => node.reportBug(error, 'a promise'));
  process.on('uncaughtException', (error) => {
    node.reportBug(error, 'the process');
    end();
  });
}
