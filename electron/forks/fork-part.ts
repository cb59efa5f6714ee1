import path from 'node:path';
import process from 'node:process';
import { utilityProcess } from 'electron';
import { childEnvironment } from '../../node-core/protocol/child-environment.ts';
import { killNow } from '../node/kill-now.ts';
import type { ForkOrder } from './fork-messages.ts';
import type { ShellFork } from './serve-forks.ts';

/** What the system's task list calls them. */
const names: Readonly<Record<ForkOrder['program'], string>> = {
  engine: 'Nunba engine',
  indexer: 'Nunba index',
  reckoner: 'Nunba reckoner',
};

/** Starts a part of the program in a utility process. `folder` is that of the built program. */
export function forkPart(folder: string, { program, args, environment, memoryMiB }: ForkOrder): ShellFork {
  const child = utilityProcess.fork(path.join(folder, `${program}.js`), args, {
    serviceName: names[program],
    env: childEnvironment(process.env, environment),
    execArgv: memoryMiB === null ? [] : [`--max-old-space-size=${memoryMiB}`],
    stdio: 'ignore',
  });
  return {
    get pid() {
      return child.pid;
    },
    postMessage: (message, ports) => child.postMessage(message, ports as Electron.MessagePortMain[]),
    once: (event: 'spawn' | 'exit', listener: (code: number) => void) => child.once(event as 'exit', listener),
    kill: () => killNow(child),
  };
}
