import { EventEmitter } from 'node:events';

/** Tells of the computer's sleep; on the stand-in it never sleeps. */
export const powerMonitor = new EventEmitter();
