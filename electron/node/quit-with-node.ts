import { app, type RelaunchOptions } from 'electron';
import type { ShellUpdates } from '../updates/start-updates.ts';
import type { ShellNode } from './start-node.ts';

/** What has to end, and who may ask for the app meanwhile. */
interface EndingParts {
  readonly node: Pick<ShellNode, 'stop'>;
  readonly updates: Pick<ShellUpdates, 'beforeQuit' | 'finish'>;
  /** Nothing is opened from here on. Returns what says how to start again for what came since, or `null`. */
  readonly closeArrivals: () => () => RelaunchOptions | null;
}

/**
 * Nunba ends only when its node has closed the database, or was ended for not doing so in time. An update that waits is
 * readied while the node still runs, and installed as the last act. Whoever asks for the app meanwhile gets it anew,
 * unless an update is installed: what runs then must not be in its way.
 */
export function quitWithNode({ node, updates, closeArrivals }: EndingParts): void {
  let isStopping = false;
  let hasStopped = false;
  app.on('will-quit', (event) => {
    if (hasStopped) return;
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    const late = closeArrivals();
    void updates
      .beforeQuit()
      .then(() => node.stop())
      // A part of the shell that fails at the end must not keep the app from ending.
      .catch((error: unknown) => console.error('Something went wrong while quitting:', error))
      .then(() => {
        hasStopped = true;
        updates.finish(() => end(late()));
      });
  });
}

function end(again: RelaunchOptions | null): void {
  if (again) app.relaunch(again);
  app.quit();
}
