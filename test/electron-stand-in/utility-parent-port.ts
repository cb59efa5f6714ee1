import { EventEmitter } from 'node:events';
import process from 'node:process';
import type { FromUtility, ToUtility } from './utility-messages.ts';
import { electronVersion } from './versions.ts';

/** Loaded into a utility process before its module: `process.parentPort`, over the channel of a forked Node. */
const ports = new Map<string, UtilityPort>();
const sendToMain = process.send?.bind(process);
const tell = (message: FromUtility): void => void sendToMain?.(message);

class UtilityPort extends EventEmitter {
  readonly #id: string;
  #waiting: unknown[] = [];
  #isStarted = false;

  constructor(id: string) {
    super();
    this.#id = id;
  }

  postMessage(data: unknown): void {
    if (ports.has(this.#id)) tell({ kind: 'port-data', id: this.#id, data });
  }

  start(): void {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.take(data);
  }

  close(): void {
    if (!ports.delete(this.#id)) return;
    tell({ kind: 'port-closed', id: this.#id });
    this.emit('close');
  }

  take(data: unknown): void {
    if (this.#isStarted) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }

  end(): void {
    if (ports.delete(this.#id)) this.emit('close');
  }
}

/** What comes before anybody listens waits, as it does under Electron. */
class ParentPort extends EventEmitter {
  #waiting: object[] = [];

  constructor() {
    super();
    this.on('newListener', (name) => {
      if (name === 'message') setImmediate(() => this.#flush());
    });
  }

  take(message: object): void {
    this.#waiting.push(message);
    this.#flush();
  }

  start(): void {}

  #flush(): void {
    if (this.listenerCount('message') === 0) return;
    for (const message of this.#waiting.splice(0)) this.emit('message', message);
  }

  postMessage(data: unknown): void {
    tell({ kind: 'message', data });
  }
}

const parentPort = new ParentPort();
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'type', { value: 'utility' });
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: electronVersion } });
// A utility process has none.
Object.defineProperty(process, 'send', { value: undefined });

process.on('message', (message: ToUtility) => {
  if (message.kind === 'port-data') ports.get(message.id)?.take(message.data);
  else if (message.kind === 'port-closed') ports.get(message.id)?.end();
  else {
    for (const id of message.portIds) ports.set(id, new UtilityPort(id));
    parentPort.take({ data: message.data, ports: message.portIds.map((id) => ports.get(id)) });
  }
});
// As under Electron, it ends with the shell.
process.on('disconnect', () => process.exit(0));
