import { EventEmitter } from 'node:events';
import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron';
import { record, type SeenNotification } from './record.ts';
import { classStandsFor, type Members } from './stands-for.ts';

/** A notification that a test sees in `standIn.notifications` once it is shown. */
export class Notification extends EventEmitter implements Members<ElectronNotification> {
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  #seen: SeenNotification | null = null;

  constructor({ title = '', body = '', silent = false }: NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
    this.silent = silent;
  }

  static isSupported(): boolean {
    return process.env.STAND_IN_NOTIFICATIONS !== 'none';
  }

  show(): void {
    const { title, body, silent } = this;
    const emit = (event: string): void => void this.emit(event, {});
    this.#seen = { title, body, silent, isClosed: false, emit };
    record.notifications.push(this.#seen);
    setImmediate(() => this.emit('show', {}));
  }

  close(): void {
    if (!this.#seen || this.#seen.isClosed) return;
    this.#seen.isClosed = true;
    this.emit('close', {});
  }
}
classStandsFor('Notification', Notification);
