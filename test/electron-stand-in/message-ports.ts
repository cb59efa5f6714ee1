import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';
import { classStandsFor, type Members } from './stands-for.ts';

/** What goes over a wire about a port that was handed to another process. */
export type PortSignal<Data = unknown> =
  | { readonly kind: 'port-data'; readonly id: string; readonly data: Data }
  | { readonly kind: 'port-closed'; readonly id: string };

/** One end of a channel in the main process, or the seat of one that was handed to a page or a utility process. */
export class StandInPort extends EventEmitter implements Members<MessagePortMain> {
  peer: StandInPort | null = null;
  #waiting: unknown[] = [];
  #isStarted = false;
  #isClosed = false;
  #carrier: ((signal: { data: unknown } | null) => void) | null = null;

  postMessage(data: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('stand-in: a port cannot be sent through a port');
    const copy = structuredClone(data);
    setImmediate(() => this.peer?.take(copy));
  }

  start(): void {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.take(data);
  }

  close(): void {
    if (this.#isClosed) return;
    this.end();
    setImmediate(() => this.peer?.end());
  }

  /** Hands the port over: what its peer sends goes to `carrier` from now on, and `null` when the peer has closed. */
  carry(carrier: (signal: { data: unknown } | null) => void): void {
    if (this.#carrier) throw new Error('stand-in: this port was handed over already');
    this.#carrier = carrier;
    for (const data of this.#waiting.splice(0)) this.take(data);
    if (this.#isClosed) carrier(null);
  }

  /** For its peer. */
  take(data: unknown): void {
    if (this.#isClosed) return;
    if (this.#carrier) this.#carrier({ data });
    else if (this.#isStarted) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }

  /** For its peer. */
  end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#carrier) this.#carrier(null);
    else this.emit('close');
  }
}

classStandsFor('MessagePortMain', StandInPort);

export class MessageChannelMain {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

/** The ports that were handed to one other process, by the ids under which the wire knows them. */
export class PortTable {
  readonly #send: (signal: PortSignal) => void;
  readonly #ports = new Map<string, StandInPort>();
  #last = 0;

  constructor(send: (signal: PortSignal) => void) {
    this.#send = send;
  }

  /** Gives the port an id; call `open` when the other side knows it. */
  add(port: StandInPort): string {
    this.#last += 1;
    const id = `port-${this.#last}`;
    this.#ports.set(id, port);
    return id;
  }

  open(id: string): void {
    this.#ports.get(id)?.carry((signal) => {
      if (signal) this.#send({ kind: 'port-data', id, data: signal.data });
      else this.#send({ kind: 'port-closed', id });
    });
  }

  /** What came from the other process. */
  receive(signal: PortSignal): void {
    const port = this.#ports.get(signal.id);
    if (signal.kind === 'port-data') port?.postMessage(signal.data);
    else this.#close(signal.id);
  }

  /** A port that the other process has made: the end that stays here. */
  accept(id: string): StandInPort {
    const { port1, port2 } = new MessageChannelMain();
    this.#ports.set(id, port1);
    this.open(id);
    return port2;
  }

  closeAll(): void {
    for (const id of [...this.#ports.keys()]) this.#close(id);
  }

  #close(id: string): void {
    const port = this.#ports.get(id);
    this.#ports.delete(id);
    port?.peer?.end();
  }
}
