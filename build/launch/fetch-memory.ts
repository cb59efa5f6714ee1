import fs from 'node:fs';
import path from 'node:path';

/** Remembers over a day that Electron could not be fetched. Installing anew forgets it. */
const memoryFile = path.join('node_modules', '.nunba-electron-fetch.json');

/** Why the download failed, if it failed on the local day of `now`; else `null`. */
export function failureOfToday(root: string, now: Date): string | null {
  try {
    const memory: unknown = JSON.parse(fs.readFileSync(path.join(root, memoryFile), 'utf8'));
    return isMemory(memory) && memory.day === dayOf(now) ? memory.reason : null;
  } catch {
    return null;
  }
}

/** Keeps the failure for the rest of the day. Where it cannot be written down, the next start simply tries again. */
export function rememberFailure(root: string, now: Date, reason: string): void {
  try {
    fs.writeFileSync(path.join(root, memoryFile), JSON.stringify({ day: dayOf(now), reason }));
  } catch {
    // The checkout belongs to somebody else.
  }
}

function isMemory(value: unknown): value is { day: string; reason: string } {
  const memory = value as { day?: unknown; reason?: unknown } | null;
  return typeof memory?.day === 'string' && typeof memory.reason === 'string';
}

function dayOf(now: Date): string {
  return `${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}`;
}
