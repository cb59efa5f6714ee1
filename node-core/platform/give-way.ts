import fs from 'node:fs';
import os from 'node:os';
import process from 'node:process';

/**
 * Lets all other programs of this computer go before this process. On Linux each thread has a priority of its own, and those
 * that compute have begun before the first line of this program: each is told, and those to come take theirs from these.
 */
export function giveWay(): void {
  for (const id of threads()) {
    try {
      os.setPriority(id, os.constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // Not everybody may change it, and a thread may have ended; then it works as any other.
    }
  }
}

/** Numbers under which a priority is set; elsewhere a process has one for all of its threads. */
function threads(): readonly number[] {
  if (process.platform !== 'linux') return [process.pid];
  try {
    return fs.readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}
