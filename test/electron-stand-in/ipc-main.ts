import { EventEmitter } from 'node:events';
import type { IpcMain } from 'electron';
import { classStandsFor, type Members } from './stands-for.ts';

type Handler = Parameters<IpcMain['handle']>[1];

/** Takes what pages send: messages as events, questions by the handler of their channel. */
export class StandInIpc extends EventEmitter implements Members<IpcMain> {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...values) => {
      this.removeHandler(channel);
      return handler(event, ...values);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** For pages of the stand-in. */
  handlerOf(channel: string): Handler | undefined {
    return this.#handlers.get(channel);
  }
}
classStandsFor('ipcMain', StandInIpc);

export const ipcMain = new StandInIpc();
