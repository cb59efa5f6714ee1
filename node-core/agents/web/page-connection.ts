import { lookup } from 'node:dns/promises';
import net from 'node:net';
import { hostNameOf, openTcp, openTls, portOf } from '../../platform/open-socket.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { ToolRefusal } from '../tools/tool.ts';
import type { PageAddress } from './page-address.ts';

/** Most addresses of one name that are tried. */
const maxTries = 4;

/** How names become addresses, and which addresses may be contacted. */
export interface Reach {
  /** All addresses of a name, best first. Rejects with a system error. */
  resolve(name: string): Promise<readonly string[]>;
  isAllowed(address: string): boolean;
}

/** Asks the system, which knows the hosts file, the router's names and the name servers. */
export const resolveBySystem = async (name: string): Promise<readonly string[]> =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/**
 * Connects to a page's host. The name is looked up once, and what was looked at is what is connected to, so that a name
 * server cannot give another address in between. Rejects with a ToolRefusal if no address may be contacted, or as
 * openTcp and openTls do.
 */
export async function connectToPage(
  page: PageAddress,
  reach: Reach,
  clock: Clock,
  signal: AbortSignal,
): Promise<net.Socket> {
  const addresses = await allowedAddresses(page, reach, signal);
  const socket = await firstOf(addresses, page, clock, signal);
  return page.url.protocol === 'https:' ? openTls(socket, page.url, knownAuthorities, clock) : socket;
}

const knownAuthorities = { accepts: (_shown: unknown, isAuthorised: boolean) => isAuthorised };

async function allowedAddresses(page: PageAddress, reach: Reach, signal: AbortSignal): Promise<readonly string[]> {
  const name = hostNameOf(page.url);
  const all = net.isIP(name) === 0 ? await abortable(reach.resolve(name), signal) : [name];
  const allowed = all.filter((address) => reach.isAllowed(address)).slice(0, maxTries);
  if (allowed.length > 0) return allowed;
  throw new ToolRefusal(
    `${page.host} is not in the open web: its name leads to this computer or into a private network. Nothing was sent to it.`,
  );
}

/** A look-up cannot be ended, but nobody has to wait for it. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function firstOf(
  addresses: readonly string[],
  page: PageAddress,
  clock: Clock,
  signal: AbortSignal,
): Promise<net.Socket> {
  let last: unknown;
  for (const address of addresses) {
    try {
      return await openTcp(pinned(page.url, address), clock, signal);
    } catch (error) {
      signal.throwIfAborted();
      last = error;
    }
  }
  throw last;
}

const pinned = (url: URL, address: string): URL =>
  new URL(`${url.protocol}//${net.isIP(address) === 6 ? `[${address}]` : address}:${portOf(url)}`);
