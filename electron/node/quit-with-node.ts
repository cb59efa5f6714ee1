import { app } from 'electron';
import type { ShellNode } from './start-node.ts';

/** Nunba ends only when its node has closed the database, or was ended for not doing so in time. */
export function quitWithNode(node: Pick<ShellNode, 'stop'>): void {
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
