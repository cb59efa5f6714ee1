import process from 'node:process';
import type { UtilityProcess } from 'electron';

/** `UtilityProcess.kill` asks (SIGTERM), which a process that was stopped or hangs may not hear. */
export function killNow(child: Pick<UtilityProcess, 'pid'>): void {
  if (child.pid === undefined) return;
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It has gone already.
  }
}
