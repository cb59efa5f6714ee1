import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../../../node-core/agents/web/public-address.ts';

describe('addresses of the open network', () => {
  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.215.14',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.255.255',
    '198.17.255.255',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80e::200e',
    '2001:4860:4860::8888',
  ])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('what is not the open network', () => {
  test.each([
    ['this computer', '127.0.0.1'],
    ['this computer', '127.255.255.254'],
    ['this computer', '::1'],
    ['nothing', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['nothing', '::'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.178.1'],
    ['a cloud asks here for its keys', '169.254.169.254'],
    ['link-local', '169.254.0.1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['public with a zone', '2606:4700:4700::1111%eth0'],
    ['behind a carrier', '100.64.0.1'],
    ['a cloud inside of a carrier’s range', '100.100.100.200'],
    ['unique local', 'fc00::1'],
    ['a cloud in a unique local range', 'fd00:ec2::254'],
    ['site-local of old', 'fec0::1'],
    ['multicast', '224.0.0.251'],
    ['multicast', '239.255.255.250'],
    ['multicast', 'ff02::1'],
    ['everybody', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['protocol assignments', '192.0.0.192'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.7'],
    ['documentation', '203.0.113.9'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['benchmarks', '198.18.0.1'],
    ['benchmarks', '2001:2::1'],
    ['relay of 6to4', '192.88.99.1'],
    ['IPv4 within', '::ffff:127.0.0.1'],
    ['IPv4 within', '::ffff:7f00:1'],
    ['public IPv4 within', '::ffff:8.8.8.8'],
    ['IPv4 within, of old', '::127.0.0.1'],
    ['IPv4 translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64, local', '64:ff9b:1::a00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:53aa:64c::1'],
    ['ISATAP', '2606:4700::5efe:7f00:1'],
    ['ISATAP, marked as global', '2606:4700::200:5efe:a00:1'],
    ['discard', '100::1'],
    ['segment routing', '5f00::1'],
    ['not given out', '4000::1'],
    ['inside of a cloud', '168.63.129.16'],
    ['no address', ''],
    ['a name', 'localhost'],
    ['a number', '2130706433'],
    ['hexadecimal', '0x7f.0.0.1'],
    ['octal', '0177.0.0.1'],
    ['short', '127.1'],
    ['brackets', '[::1]'],
    ['with a port', '8.8.8.8:80'],
    ['spaces', ' 8.8.8.8'],
  ])('%s: %s', (_why, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  const byte = fc.integer({ min: 0, max: 255 });
  const carriers = ['::ffff:', '::', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'];

  test('no IPv4 address in an IPv6 one, whichever it is', () => {
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte, byte), fc.constantFrom(...carriers), (bytes, carrier) => {
        expect(isPublicAddress(`${carrier}${bytes.join('.')}`)).toBe(false);
      }),
    );
  });

  test('any text at all is answered', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
        expect(typeof isPublicAddress(text)).toBe('boolean');
      }),
    );
  });
});
