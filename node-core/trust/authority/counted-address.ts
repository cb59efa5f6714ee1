import net from 'node:net';

/**
 * What is counted as one caller: an IPv4 address, or the first four groups (/64) of an IPv6 address, which are one
 * subscriber's. What is no address counts as itself.
 */
export function countedAddress(address: string): string {
  const [withoutZone = ''] = address.split('%');
  if (!net.isIPv6(withoutZone)) return address;
  const [before = '', after] = withoutZone.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  // An IPv4 address at the end takes the place of two groups, both of the last 64 bits.
  const tail = after === undefined || after === '' ? [] : after.replace(/[^:]*\.[^:]*$/, '0:0').split(':');
  const zeros = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
