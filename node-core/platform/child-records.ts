import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { signalGroup } from './process-group.ts';

/** Programs of others that this process has started, written down so that the next start can end what was left. */
export interface ChildRecords {
  /** Notes a child that leads a process group. Returns what strikes it off, once it has ended. Never throws. */
  add(pid: number): () => void;
}

const recordSchema = z.object({ pid: z.number().int().min(2), mark: z.string().min(1) });

/** A record is small; what is larger is none. */
const maxRecordBytes = 1000;

/**
 * Ends, with its group, every child that the last owner of the folder noted and did not live to end: it was killed, or
 * the program broke. An id that another process has by now is told by when that one began, and left alone. Only for
 * who owns the folder. Windows, which has no groups, keeps no records.
 * @param runFolder absolute, exists
 */
export function openChildRecords(runFolder: string): ChildRecords {
  const folder = path.join(runFolder, 'children');
  endLeft(folder);
  return {
    add(pid) {
      const mark = markOf(pid);
      if (mark === null) return () => undefined;
      const file = path.join(folder, String(pid));
      try {
        fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
        // Not forced to the disk: what it is about does not outlive the computer either.
        fs.writeFileSync(file, JSON.stringify({ pid, mark }), { mode: 0o600 });
      } catch {
        // A full disk costs only the tidying up after a kill.
      }
      return () => strikeOff(file);
    },
  };
}

function endLeft(folder: string): void {
  for (const name of namesIn(folder)) {
    const file = path.join(folder, name);
    const record = readRecord(file);
    if (record && markOf(record.pid) === record.mark) signalGroup(record.pid, 'SIGKILL');
    strikeOff(file);
  }
}

/** A record that stays is about a process that is gone: whoever has its id then began later. */
function strikeOff(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // A folder that may not be written to must not end the program.
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function readRecord(file: string): z.infer<typeof recordSchema> | null {
  try {
    if (fs.statSync(file).size > maxRecordBytes) return null;
    return recordSchema.safeParse(JSON.parse(fs.readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** What tells a process from every other that ever has its id: when it began. `null`: it is not there, or not told. */
function markOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return linuxMark(pid);
    if (process.platform === 'win32') return null;
    const began = execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      timeout: 2000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return began.trim() || null;
  } catch {
    return null;
  }
}

/** Field 22, in ticks since the computer was started, and which start that was. The name before may hold anything. */
function linuxMark(pid: number): string | null {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return began === undefined ? null : `${boot} ${began}`;
}
