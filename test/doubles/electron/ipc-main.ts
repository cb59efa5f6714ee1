import { EventEmitter } from 'node:events';

/** Messages of pages to the main process; pages of the stand-in emit them. */
export const ipcMain = new EventEmitter();
