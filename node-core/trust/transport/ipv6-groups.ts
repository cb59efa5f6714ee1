/** The eight groups of an IPv6 address, as hexadecimal text without leading zeros. @param address valid, without brackets and zone */
export function ipv6Groups(address: string): readonly string[] {
  // The URL parser writes IPv6 in one form: no embedded IPv4, one `::` at most.
  const normal = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail = ''] = normal.split('::');
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail)];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
}
