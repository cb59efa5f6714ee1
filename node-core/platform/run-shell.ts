import { spawn } from 'node:child_process';
import process from 'node:process';
import type { Clock } from '../protocol/ports/clock.ts';
import type { ChildRecords } from './child-records.ts';
import { HeadAndTail } from './head-and-tail.ts';
import { signalGroup } from './process-group.ts';
import { cleanEnvironment } from './tool-process.ts';

/** One line for the system's shell. */
export interface ShellLine {
  readonly command: string;
  /** Absolute. */
  readonly folder: string;
  /** Longest run, ms. */
  readonly timeMs: number;
  /** Most bytes of output that are kept: the first half and the last half. */
  readonly outputBytes: number;
}

/** How a line came to its end, and what it wrote to both of its outputs, in order of arrival. */
export interface ShellEnd {
  readonly kind: 'exited' | 'killed' | 'timed-out' | 'not-started';
  /** `null` unless it exited. */
  readonly code: number | null;
  readonly output: string;
}

/** How long what was told to end has for it, ms, before it is killed. */
const graceMs = 2000;

/** How long the outputs are waited for after the shell has ended, ms: a program that left the group may hold them. */
const drainMs = 500;

/**
 * Runs a line in the system's shell, `sh` or `cmd`: with a clean environment, without input, in a process group of its
 * own. The whole group is ended with the shell, at the end of the time, when `signal` is aborted and when this process
 * exits; only a program that makes a group of its own can outlive it. Never rejects.
 * @param children where it is noted while it runs, so that it is ended even if this process is killed
 */
export async function runShell(
  line: ShellLine,
  clock: Clock,
  signal: AbortSignal,
  children?: ChildRecords,
): Promise<ShellEnd> {
  // Stopped in the moment before: a shell that is killed at once may have done something already.
  if (signal.aborted) return { kind: 'killed', code: null, output: '' };
  const child = spawn(line.command, {
    shell: true,
    cwd: line.folder,
    env: { ...cleanEnvironment(process.env, {}), TERM: 'dumb' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const strikeOff = child.pid === undefined ? undefined : children?.add(child.pid);
  const output = new HeadAndTail(line.outputBytes);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Uint8Array) => output.push(chunk)).on('error', () => undefined);
  }
  const ended = Promise.withResolvers<Omit<ShellEnd, 'output'>>();
  child.once('error', () => ended.resolve({ kind: 'not-started', code: null }));
  const watch = watchOver(child.pid, line, clock, signal);
  child.once('exit', (code) => ended.resolve({ kind: watch.why() ?? (code === null ? 'killed' : 'exited'), code }));
  const drained = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  try {
    const end = await ended.promise;
    watch.killGroup();
    if (end.kind !== 'not-started') await Promise.race([drained, pause(drainMs, clock)]);
    return { ...end, output: output.text() };
  } finally {
    watch.end();
    strikeOff?.();
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

const pause = (ms: number, clock: Clock): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

/** Ends the group when it must end, and remembers why. */
function watchOver(pid: number | undefined, line: ShellLine, clock: Clock, signal: AbortSignal) {
  let why: 'timed-out' | 'killed' | null = null;
  const send = (name: 'SIGTERM' | 'SIGKILL'): void => {
    if (pid !== undefined) signalGroup(pid, name);
  };
  const timers = [
    clock.after(line.timeMs, () => {
      why = 'timed-out';
      send('SIGTERM');
    }),
    clock.after(line.timeMs + graceMs, () => send('SIGKILL')),
  ];
  const killGroup = (): void => send('SIGKILL');
  const abort = (): void => {
    why = 'killed';
    killGroup();
  };
  signal.addEventListener('abort', abort, { once: true });
  process.once('exit', killGroup);
  if (signal.aborted) abort();
  return {
    why: () => why,
    killGroup,
    end: (): void => {
      for (const timer of timers) timer.cancel();
      signal.removeEventListener('abort', abort);
      process.off('exit', killGroup);
    },
  };
}
