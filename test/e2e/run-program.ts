import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** A program of the product that a test has started. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** Everything that it has said. */
  output(): string;
  /** Waits until it says something that matches; fails with its output when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Ends it in good order, and by force when it does not end. */
  stop(): Promise<void>;
  /** Ends it without any chance to tidy up. */
  kill(): Promise<void>;
}

const stopTimeoutMs = 20_000;

/** Starts a program with this Node. It sees nothing of the person's home, keys or settings. */
export function runProgram(
  args: readonly string[],
  home: string,
  environment: Readonly<Record<string, string>> = {},
): RunningProgram {
  const child = spawn(process.execPath, args, {
    env: { ...bareEnvironment(home), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it has started ends with it.
    detached: process.platform !== 'win32',
  });
  let output = '';
  const waiting = new Set<() => void>();
  const take = (text: string): void => {
    output += text;
    for (const look of waiting) look();
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(output);
        if (!match) return;
        waiting.delete(look);
        resolve(match);
      };
      waiting.add(look);
      look();
      void ended.then((how) => reject(new Error(`It ended (${how}) without saying ${pattern}:\n${output}`)));
    });
  const stop = async (): Promise<void> => {
    const timer = setTimeout(() => killGroup(child), stopTimeoutMs);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
    killGroup(child);
  };
  const kill = async (): Promise<void> => {
    killGroup(child);
    await ended;
  };
  return { child, output: () => output, says, ended, stop, kill };
}

/** A new home for a program of a test. */
export function temporaryHome(): { readonly folder: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'nunba-e2e-'));
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 }) };
}

/** Nothing of the person but what a program needs to run at all. */
export function bareEnvironment(home: string): NodeJS.ProcessEnv {
  const kept = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LANG', 'E2E_BROWSER'];
  const values = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return { ...values, HOME: home, USERPROFILE: home, LOCALAPPDATA: home, XDG_CONFIG_HOME: path.join(home, '.config') };
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It has gone already.
  }
}
