import { fork } from 'node:child_process';
import process from 'node:process';
import { childEnvironment } from '../protocol/child-environment.ts';
import type { ForkedChild, ForkedProgram, ForkOptions } from '../protocol/ports/host.ts';
import { programEntry } from './program-entry.ts';

/** Starts a part of the program as a child of plain Node. It ends with this process: their line is cut then. */
export function forkChild(program: ForkedProgram, options: ForkOptions = {}): ForkedChild {
  const { args = [], environment, memoryMiB } = options;
  const child = fork(programEntry(program), [...args], {
    env: childEnvironment(process.env, environment),
    execArgv: memoryMiB === undefined ? [] : [`--max-old-space-size=${memoryMiB}`],
    serialization: 'advanced',
    // What it prints may hold what people wrote.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
  let hasEnded = false;
  const exits = new Set<(exit: { readonly code: number | null }) => void>();
  const ended = (code: number | null): void => {
    if (hasEnded) return;
    hasEnded = true;
    for (const listener of exits) listener({ code });
  };
  child.once('exit', ended);
  // It could not be started, or the line was cut while something was written; an exit follows the latter.
  child.on('error', () => {
    if (child.pid === undefined) ended(null);
  });
  return {
    get pid() {
      return child.pid;
    },
    send(message) {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      if (hasEnded) listener({ code: child.exitCode });
      else exits.add(listener);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
