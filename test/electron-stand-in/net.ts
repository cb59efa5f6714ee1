import type { ClientRequestConstructorOptions } from 'electron';
import { fetchHere } from './fetch-here.ts';
import { StandInRequest } from './net-request.ts';
import { standsFor } from './stands-for.ts';

/** The network, as far as this machine. */
export const net = standsFor('net', {
  online: true,
  isOnline: (): boolean => true,
  fetch: fetchHere,
  request: (options: ClientRequestConstructorOptions | string): StandInRequest => new StandInRequest(options),
});
