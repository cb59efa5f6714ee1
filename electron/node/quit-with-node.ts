import { app } from 'electron';
import type { ShellUpdates } from '../updates/start-updates.ts';
import type { ShellNode } from './start-node.ts';

/**
 * Nunba ends only when its node has closed the database, or was ended for not doing so in time. An update that waits is
 * readied while the node still runs, and installed as the last act.
 */
export function quitWithNode(
  node: Pick<ShellNode, 'stop'>,
  updates: Pick<ShellUpdates, 'beforeQuit' | 'finish'>,
): void {
  let isStopping = false;
  let hasStopped = false;
  app.on('will-quit', (event) => {
    if (hasStopped) return;
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    void updates
      .beforeQuit()
      .then(() => node.stop())
      // A part of the shell that fails at the end must not keep the app from ending.
      .catch((error: unknown) => console.error('Something went wrong while quitting:', error))
      .then(() => {
        hasStopped = true;
        updates.finish(() => app.quit());
      });
  });
}
