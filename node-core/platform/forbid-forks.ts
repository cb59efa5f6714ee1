import childProcess from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';

/**
 * From now on this process makes no children by forking. The engine would fork itself to see whether its binary can be
 * loaded before it loads it; under Electron that would start a second Nunba, and this process is itself the one that may
 * crash. So whoever forks is talked to as by a trial that went well.
 */
export function forbidForks(): void {
  const refuse = (): Trial => new Trial();
  Object.assign(childProcess, { fork: refuse });
  syncBuiltinESMExports();
}

/** Speaks as `testBindingBinary` of node-llama-cpp does when all is well. */
class Trial extends EventEmitter {
  readonly exitCode = null;
  readonly killed = false;

  constructor() {
    super();
    this.#say('ready');
  }

  send({ type }: { readonly type: string }): boolean {
    if (type === 'start') this.#say('loaded');
    if (type === 'test') this.#say('done');
    if (type === 'exit') setImmediate(() => this.emit('exit', 0));
    return true;
  }

  kill(): boolean {
    return true;
  }

  #say(type: string): void {
    setImmediate(() => this.emit('message', { type }));
  }
}
