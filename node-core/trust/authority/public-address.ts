import net from 'node:net';

/** Addresses that are nobody's on the internet: the IANA registries of special-purpose addresses (RFC 6890). */
const special = {
  ipv4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  // Of IPv6 only 2000::/3 is given out; these are what is special within, or hides an address of IPv4.
  ipv6: ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
} as const;

const blocked = new net.BlockList();
for (const family of ['ipv4', 'ipv6'] as const) {
  for (const range of special[family]) {
    const [base = '', bits = ''] = range.split('/');
    blocked.addSubnet(base, Number(bits), family);
  }
}
const givenOut = new net.BlockList();
givenOut.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is one of the public internet, so that asking it reaches nothing of the own network. */
export function isPublicAddress(address: string): boolean {
  switch (net.isIP(address)) {
    case 4:
      return !blocked.check(address, 'ipv4');
    case 6:
      return givenOut.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
    default:
      return false;
  }
}
