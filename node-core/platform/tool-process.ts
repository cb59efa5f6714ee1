/// <reference path="./cross-spawn.d.ts" />
import fs from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import type { Writable } from 'node:stream';
import crossSpawn from 'cross-spawn';
import type { Clock } from '../protocol/ports/clock.ts';
import type { ChildRecords } from './child-records.ts';
import { LastLines } from './last-lines.ts';
import { signalGroup } from './process-group.ts';

/** A program that a person lets Nunba run and speak with over its standard input and output. */
export interface ToolProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** Absolute; `null`: the home folder. */
  readonly folder: string | null;
  /** What it gets besides the clean environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How a program's run came to its end. */
export type ProgramEnd =
  | { readonly kind: 'no-program' }
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'no-folder' }
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: string | null };

/** A running program. */
export interface ToolProcess {
  /** `null`: it could not be started. */
  readonly pid: number | null;
  readonly stdin: Writable;
  /** Told each piece of its output. What is not taken at once is lost, so listen before the first turn ends. */
  onOutput(listener: (chunk: Uint8Array) => void): void;
  /** Resolves when it has ended and its whole group is killed, however that came. */
  readonly ended: Promise<ProgramEnd>;
  readonly errors: LastLines;
  /**
   * Asks it to end by closing its input, then by SIGTERM, then kills it with everything it has started. Idempotent;
   * resolves when it is gone. `at-once` kills without asking.
   */
  stop(how: 'ask' | 'at-once'): Promise<void>;
}

/** What every program needs to find its way, by name; nothing else of the node's own environment reaches it. */
const passedNames: readonly string[] =
  process.platform === 'win32'
    ? [
        ...['APPDATA', 'COMSPEC', 'HOMEDRIVE', 'HOMEPATH', 'LOCALAPPDATA', 'PATH', 'PATHEXT', 'PROCESSOR_ARCHITECTURE'],
        ...[
          'PROGRAMDATA',
          'PROGRAMFILES',
          'SYSTEMDRIVE',
          'SYSTEMROOT',
          'TEMP',
          'TMP',
          'USERNAME',
          'USERPROFILE',
          'WINDIR',
        ],
      ]
    : ['HOME', 'LANG', 'LC_ALL', 'LC_CTYPE', 'LOGNAME', 'PATH', 'SHELL', 'TMPDIR', 'TZ', 'USER'];

/** Waits between closing the input, SIGTERM and the end, ms. */
const askMs = 1000;
const termMs = 1500;

/**
 * The environment of a program: the named few of `own`, and what the person gave. Names are compared without case on
 * Windows, as the system does. Pure.
 */
export function cleanEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const isPassed = (name: string): boolean =>
    passedNames.includes(process.platform === 'win32' ? name.toUpperCase() : name);
  const passed = Object.entries(own).flatMap(([name, value]) =>
    value !== undefined && isPassed(name) ? [[name, value] as const] : [],
  );
  return { ...Object.fromEntries(passed), ...given };
}

/**
 * Starts a program in a process group of its own. Whatever goes wrong becomes its `ended`.
 * @param children where it is noted while it runs, so that it is ended even if this process is killed
 */
export function startToolProcess(
  program: ToolProgram,
  clock: Pick<Clock, 'after'>,
  children?: ChildRecords,
): ToolProcess {
  const { command, args, environment } = program;
  const folder = program.folder ?? os.homedir();
  const child = crossSpawn(command, args, {
    cwd: folder,
    env: cleanEnvironment(process.env, environment),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
    shell: false,
  });
  const strikeOff = child.pid === undefined ? undefined : children?.add(child.pid);
  const errors = new LastLines();
  const { promise: ended, resolve } = Promise.withResolvers<ProgramEnd>();
  child.stdin.on('error', () => undefined);
  child.stdout.on('error', () => undefined);
  child.stderr.on('error', () => undefined);
  child.stderr.on('data', (chunk: Uint8Array) => errors.push(chunk));
  child.once('error', (error) => resolve(startTrouble(error, folder)));
  child.once('exit', (code, signal) => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    strikeOff?.();
    // A grandchild in another group could hold the pipes open for ever.
    child.stdin.destroy();
    setImmediate(() => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ kind: 'exit', code, signal });
    });
  });
  let stopping: Promise<void> | null = null;
  const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) signalGroup(child.pid, name);
  };
  const ask = (): Promise<void> => {
    child.stdin.end();
    const timers = [clock.after(askMs, () => signal('SIGTERM')), clock.after(askMs + termMs, () => signal('SIGKILL'))];
    return ended.then(() => timers.forEach((timer) => void timer.cancel()));
  };
  return {
    pid: child.pid ?? null,
    stdin: child.stdin,
    onOutput: (listener) => void child.stdout.on('data', listener),
    ended,
    errors,
    stop(how) {
      if (how === 'at-once') signal('SIGKILL');
      else stopping ??= ask();
      return stopping ?? ended.then(() => undefined);
    },
  };
}

const startTrouble = (error: NodeJS.ErrnoException, folder: string): ProgramEnd => {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') return { kind: 'not-allowed' };
  return fs.existsSync(folder) ? { kind: 'no-program' } : { kind: 'no-folder' };
};
