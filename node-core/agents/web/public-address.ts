import net from 'node:net';
import ipaddr from 'ipaddr.js';

/** All addresses that the registries give out for the open network; what is outside of it is for special uses. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Addresses in public ranges at which a cloud talks to its own machines. */
const insideClouds: ReadonlySet<string> = new Set(['168.63.129.16']);

/**
 * Whether an address is one of the open network: neither this computer nor its surroundings, nor a service that only
 * machines inside a network may ask (169.254.169.254), nor an IPv6 address that carries an IPv4 address, which a gateway
 * could turn into one of those. Takes addresses as a resolver gives them; anything else is not public. Pure.
 */
export function isPublicAddress(address: string): boolean {
  if (net.isIP(address) === 0 || address.includes('%') || insideClouds.has(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || (parsed.match(globalUnicast) && !carriesIpv4(parsed));
}

/** ISATAP (RFC 5214): an interface that is named after an IPv4 address. */
const carriesIpv4 = ({ parts }: ipaddr.IPv6): boolean => ((parts[4] ?? 0) & 0xfdff) === 0 && parts[5] === 0x5efe;
