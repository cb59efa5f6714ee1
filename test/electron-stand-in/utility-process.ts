import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import type { ForkOptions, UtilityProcess } from 'electron';
import { app } from './app.ts';
import { PortTable, type StandInPort } from './message-ports.ts';
import { preventable } from './preventable-event.ts';
import { classStandsFor, type Members, standsFor } from './stands-for.ts';
import type { FromUtility, ToUtility } from './utility-messages.ts';
import { WriteQueue } from './write-queue.ts';

/** Electron's exit code where a signal ended the process, as on POSIX. */
const killedCode = 15;

/** A forked Node, with ports; it ends with the main process. */
class StandInUtility extends EventEmitter implements Members<UtilityProcess> {
  pid: number | undefined;
  readonly stdout: ChildProcess['stdout'];
  readonly stderr: ChildProcess['stderr'];
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #ports = new PortTable((signal) => this.#queue.add(signal));
  readonly #queue = new WriteQueue<ToUtility>((message) => {
    if (this.#child.connected) this.#child.send(message);
  });

  constructor(child: ChildProcess, name: string) {
    super();
    this.#child = child;
    this.#name = name;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    child.once('spawn', () => {
      this.pid = child.pid;
      this.emit('spawn');
    });
    child.on('message', (message: FromUtility) => {
      if (message.kind === 'message') this.emit('message', message.data);
      else this.#ports.receive(message);
    });
    // It ended while something was written to it; its exit tells the rest.
    child.on('error', () => undefined);
    child.once('exit', (code, signal) => this.#ended(code, signal));
  }

  postMessage(data: unknown, transfer: readonly unknown[] = []): void {
    const portIds = transfer.map((port) => this.#ports.add(port as StandInPort));
    this.#queue.add({ kind: 'message', data: structuredClone(data), portIds });
    for (const id of portIds) this.#ports.open(id);
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.pid = undefined;
    this.#ports.closeAll();
    const exitCode = code ?? killedCode;
    this.emit('exit', exitCode);
    if (exitCode === 0) return;
    const details = { type: 'Utility', reason: signal ? 'killed' : 'abnormal-exit', exitCode };
    const names = { serviceName: 'node.mojom.NodeService', name: this.#name };
    app.emit('child-process-gone', preventable(), { ...details, ...names });
  }
}
classStandsFor('utilityProcess', StandInUtility);

export const utilityProcess = standsFor('utilityProcess', {
  fork(module: string, args: readonly string[] = [], options: ForkOptions = {}): StandInUtility {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready');
    const output = options.stdio === 'pipe' || options.stdio === 'ignore' ? options.stdio : 'inherit';
    const register = path.join(import.meta.dirname, 'utility-parent-port.ts');
    const child = fork(module, [...args], {
      env: { ...(options.env ?? process.env) },
      ...(options.cwd ? { cwd: options.cwd } : {}),
      serialization: 'advanced',
      stdio: ['ignore', output, output, 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning', ...(options.execArgv ?? []), '--import', register],
    });
    return new StandInUtility(child, options.serviceName ?? 'Node Utility Process');
  },
});
