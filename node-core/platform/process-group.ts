import { execFile } from 'node:child_process';
import process from 'node:process';

/**
 * Sends a signal to a child that leads a process group of its own, and to everything that it has started there. On
 * Windows, where there are no groups, the tree below it is ended whatever the signal. What is gone already is no error.
 */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true }, () => undefined);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group, or (macOS) only what has ended and is not yet collected.
  }
}
