import type net from 'node:net';
import { fingerprintOf, openTcp, openTls, type TlsTrust } from '../../platform/open-socket.ts';
import type { Clock } from '../../protocol/ports/clock.ts';

/** Where a provider answers and whom to trust there. */
export interface Endpoint {
  /** Base address; scheme, host and port count. */
  readonly url: URL;
  /** SHA-256 of the one self-signed certificate that is accepted besides those of known authorities. */
  readonly trustedCertificate: string | null;
}

/** A known authority and the right name, or exactly the certificate that the person trusts. */
export function trustOf({ trustedCertificate }: Pick<Endpoint, 'trustedCertificate'>): TlsTrust {
  return { accepts: (shown, isAuthorised) => isAuthorised || fingerprintOf(shown) === trustedCertificate };
}

/** Connects to an endpoint, with TLS if its scheme asks for it. */
export async function openSocket(endpoint: Endpoint, clock: Clock, signal: AbortSignal): Promise<net.Socket> {
  const socket = await openTcp(endpoint.url, clock, signal);
  return endpoint.url.protocol === 'https:' ? openTls(socket, endpoint.url, trustOf(endpoint), clock) : socket;
}
