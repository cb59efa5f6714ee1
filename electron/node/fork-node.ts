import path from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';

/** Starts the node in a utility process of its own, which the system's task list names "Nunba node". */
export function forkNode(environment: NodeJS.ProcessEnv, args: readonly string[]): UtilityProcess {
  return utilityProcess.fork(path.join(import.meta.dirname, 'node-entry.js'), [...args], {
    serviceName: 'Nunba node',
    env: environment,
    stdio: 'inherit',
  });
}
