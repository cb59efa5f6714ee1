import net from 'node:net';
import { locateHost } from '../../protocol/location.ts';
import { authorityOf } from '../../protocol/trust/signed-request.ts';

/**
 * What `@authority` of a signed request may be: the public addresses, and the address that the connection reached. A
 * request that somebody signed for another node is none of them.
 */
export function ownAuthorities(
  socket: Pick<net.Socket, 'localAddress' | 'localPort'>,
  publicUrls: readonly URL[],
): readonly string[] {
  const address = (socket.localAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  const reached = net.isIPv6(address) ? `[${address}]` : address;
  const isLoopback = locateHost(address).kind === 'this-computer';
  return [
    ...publicUrls.map(authorityOf),
    ...[reached, ...(isLoopback ? ['localhost'] : [])].map((host) => `${host}:${socket.localPort}`),
  ];
}
