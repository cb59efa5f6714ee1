import type { IncomingMessage } from 'node:http';
import net from 'node:net';
import { locateHost } from '../../protocol/location.ts';
import type { HiveCaller } from '../../trust/authority/hive-reply.ts';
import { ipv6Groups } from '../../trust/transport/ipv6-groups.ts';

/**
 * Who asks. A forwarded address counts only where the connection comes from a declared proxy: the last one in the list
 * that is no declared proxy itself, because everything before it was written by strangers. Where there is a proxy nobody
 * counts as loopback: it may stand on this computer, and so may what stands before it.
 */
export function callerOf(request: IncomingMessage, proxies: readonly string[]): HiveCaller {
  const address = plain(request.socket.remoteAddress ?? '');
  if (!isProxy(address, proxies)) {
    return { address, isLoopback: proxies.length === 0 && locateHost(address).kind === 'this-computer' };
  }
  const header = request.headers['x-forwarded-for'];
  const forwarded = (typeof header === 'string' ? header : '').split(',').map((each) => plain(each.trim()));
  const caller = forwarded.findLast((each) => !isProxy(each, proxies)) ?? '';
  return { address: net.isIP(caller) === 0 ? address : caller, isLoopback: false };
}

/** Whether a connection comes from a declared proxy or from this computer. */
export function isOwnOrProxy(remoteAddress: string, proxies: readonly string[]): boolean {
  const address = plain(remoteAddress);
  return isProxy(address, proxies) || locateHost(address).kind === 'this-computer';
}

const isProxy = (address: string, proxies: readonly string[]): boolean =>
  proxies.some((proxy) => canonical(plain(proxy)) === canonical(address));

/** IPv4 in its own form, also where the system writes it as IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase();

/** IPv6 has several ways to write one address. */
const canonical = (address: string): string =>
  net.isIPv6(address) ? ipv6Groups(address.split('%')[0] ?? '').join(':') : address;

/** What is counted as one caller: an IPv4 address, or the /64 of an IPv6 address, which is one subscriber's. */
export function countedAs(address: string): string {
  if (!net.isIPv6(address)) return address;
  const [withoutZone = ''] = address.split('%');
  return ipv6Groups(withoutZone).slice(0, 4).join(':');
}
