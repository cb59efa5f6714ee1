import { isIP } from 'node:net';

/**
 * Whether a Host header names this node itself. A page of a stranger can point a DNS name of its own at 127.0.0.1
 * ("DNS rebinding"), but it cannot make the browser send another name than that one: addresses and `localhost` are
 * safe with any port (a tunnel may have changed it), names only if the node was told to listen on them.
 * @param listenHost what the node was told to listen on
 */
export function isOwnHost(header: string | undefined, listenHost: string): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header ?? '');
  const name = match?.[1]?.toLowerCase().replace(/^\[|\]$/g, '');
  if (name === undefined) return false;
  // The usual ones first: the general test costs the first request 8 ms.
  return name === 'localhost' || name === '127.0.0.1' || name === listenHost.toLowerCase() || isIP(name) !== 0;
}

/** Whether an Origin header names the page that this node serves under the Host of the same request. */
export function isOwnOrigin(origin: string, hostHeader: string | undefined): boolean {
  return hostHeader !== undefined && origin.toLowerCase() === `http://${hostHeader.toLowerCase()}`;
}
