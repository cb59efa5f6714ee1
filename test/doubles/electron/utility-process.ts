import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { type PortSignal, PortTable, type StandInPort } from './message-ports.ts';

/** What the main process sends to a utility process. */
export type ToUtility =
  | PortSignal
  | { readonly kind: 'message'; readonly data: unknown; readonly portIds: readonly string[] };

/** What a utility process sends to the main process. */
export type FromUtility = PortSignal | { readonly kind: 'message'; readonly data: unknown };

class StandInUtility extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new PortTable((signal) => this.#send(signal));

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.on('message', (message: FromUtility) => {
      if (message.kind === 'message') this.emit('message', message.data);
      else this.#ports.receive(message);
    });
    child.once('exit', (code) => {
      this.#ports.closeAll();
      this.emit('exit', code ?? 15);
    });
  }

  postMessage(data: unknown, transfer: readonly StandInPort[] = []): void {
    const portIds = transfer.map((port) => this.#ports.add(port));
    this.#send({ kind: 'message', data, portIds });
    for (const id of portIds) this.#ports.open(id);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #send(message: ToUtility): void {
    if (this.#child.connected) this.#child.send(message);
  }
}

export const utilityProcess = {
  fork(module: string, args: readonly string[], options: { readonly env: NodeJS.ProcessEnv }): StandInUtility {
    const register = path.join(import.meta.dirname, 'utility-parent-port.ts');
    const child = fork(module, [...args], {
      env: options.env,
      serialization: 'advanced',
      execArgv: ['--import', register],
    });
    return new StandInUtility(child);
  },
};
