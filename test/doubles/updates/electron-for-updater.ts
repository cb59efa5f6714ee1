import { EventEmitter } from 'node:events';
import http from 'node:http';

/**
 * As much of the module `electron` as electron-updater asks for, for tests without a shell: its requests go over Node's
 * own HTTP client, which tells a cut connection by the same events.
 */
export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  whenReady: () => Promise.resolve(),
  getVersion: () => '0.1.0',
  getName: () => 'Nunba',
  getPath: () => process.env.NUNBA_TEST_USER_DATA ?? '',
  getAppPath: () => process.env.NUNBA_TEST_USER_DATA ?? '',
  quit: () => undefined,
});

export const session = { fromPartition: () => ({ fetch: (url: string, init: RequestInit) => fetch(url, init) }) };
export const net = { request: (options: http.RequestOptions) => http.request({ ...options, agent: false }) };
export const autoUpdater = new EventEmitter();
