import path from 'node:path';
import { utilityProcess } from 'electron';
import { killNow } from './kill-now.ts';
import type { UtilityChild } from './node-process.ts';

/** Where and how the node is started. */
export interface NodeStart {
  /** Folder of the built program, with `node-entry.js`. */
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Takes what the node prints, or `null` where it may print as the shell does. */
  readonly print: ((text: string) => void) | null;
}

/** Starts the node in a utility process of its own, which the system's task list names "Nunba node". */
export function forkNode({ program, args, environment, print }: NodeStart): UtilityChild {
  const child = utilityProcess.fork(path.join(program, 'node-entry.js'), [...args], {
    serviceName: 'Nunba node',
    env: environment,
    stdio: print ? 'pipe' : 'inherit',
  });
  if (print) for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => print(String(data)));
  return {
    postMessage: (message, ports) => child.postMessage(message, ports as Electron.MessagePortMain[]),
    on: (event, listener) => child.on(event, listener),
    once: (event, listener) => child.once(event, listener),
    kill: () => killNow(child),
  };
}
