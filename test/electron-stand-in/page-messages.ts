import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { ipcMain, type StandInIpc } from './ipc-main.ts';
import { type PortSignal, PortTable, type StandInPort } from './message-ports.ts';
import { createCodec, createKinds } from './page/codec.ts';
import type { FromPage, ToPage } from './page/messages.ts';
import { preventable } from './preventable-event.ts';
import { as } from './stands-for.ts';

type Question = Extract<FromPage, { kind: 'invoke' }>;
type Sent = Extract<FromPage, { kind: 'send' }>;

/** What the messages of a page need of it. */
export interface MessagingPage {
  readonly ipc: StandInIpc;
  readonly mainFrame: object;
}

/** The main process's end of a page's messages and ports. */
export class PageMessages {
  readonly #codec = createCodec(createKinds());
  readonly #page: MessagingPage;
  readonly #send: (message: ToPage) => void;
  readonly #ports = new PortTable((signal) => this.#sendSignal(signal));

  constructor(page: MessagingPage, send: (message: ToPage) => void) {
    this.#page = page;
    this.#send = send;
  }

  /** Throws where a value cannot be cloned. */
  post(channel: string, values: readonly unknown[], transfer: readonly StandInPort[] = []): void {
    const text = this.#codec.encode(values);
    const portIds = transfer.map((port) => this.#ports.add(port));
    this.#send({ kind: 'message', channel, values: text, portIds });
    for (const id of portIds) this.#ports.open(id);
  }

  receiveSignal(signal: PortSignal<string>): void {
    if (signal.kind === 'port-closed') this.#ports.receive(signal);
    else this.#ports.receive({ ...signal, data: this.#codec.decode(signal.data) });
  }

  receiveSent({ channel, values, portIds }: Sent): void {
    const ports = portIds.map((id) => this.#ports.accept(id));
    const event = as<IpcMainEvent>(this.#event({ ports }));
    const decoded = this.#codec.decode(values) as unknown[];
    this.#page.ipc.emit(channel, event, ...decoded);
    ipcMain.emit(channel, event, ...decoded);
  }

  async answer({ id, channel, values }: Question): Promise<void> {
    const handler = this.#page.ipc.handlerOf(channel) ?? ipcMain.handlerOf(channel);
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const event = as<IpcMainInvokeEvent>(this.#event({}));
      const value = await handler(event, ...(this.#codec.decode(values) as unknown[]));
      this.#send({ kind: 'answer', id, value: this.#codec.encode(value) });
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      this.#send({ kind: 'refusal', id, message: `Error invoking remote method '${channel}': ${error}` });
    }
  }

  /** The document has gone. */
  closePorts(): void {
    this.#ports.closeAll();
  }

  #event(members: object): object {
    const { mainFrame } = this.#page;
    return preventable({
      type: 'frame',
      sender: this.#page,
      senderFrame: mainFrame,
      frameId: 1,
      processId: 1,
      ...members,
    });
  }

  #sendSignal(signal: PortSignal): void {
    if (signal.kind === 'port-closed') this.#send(signal);
    else this.#send({ ...signal, data: this.#codec.encode(signal.data) });
  }
}
