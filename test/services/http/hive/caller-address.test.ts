import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAddressLimiter } from '../../../../node-core/http/hive/address-limiter.ts';
import { callerOf, countedAs, isOwnOrProxy } from '../../../../node-core/http/hive/caller-address.ts';
import { ownAuthorities } from '../../../../node-core/http/hive/own-authorities.ts';
import { createFakeClock } from '../../../doubles/clock.ts';

const from = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  // Of a request these two are read and nothing else.
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('callerOf', () => {
  const proxies = ['10.0.0.2', '::1'];
  test.each([
    ['a stranger', from('203.0.113.9'), '203.0.113.9', false],
    ['a stranger who claims another address', from('203.0.113.9', '127.0.0.1'), '203.0.113.9', false],
    ['this computer', from('127.0.0.1'), '127.0.0.1', true],
    ['this computer in the form of IPv6', from('::ffff:127.0.0.1'), '127.0.0.1', true],
    ['a proxy', from('10.0.0.2', '203.0.113.9'), '203.0.113.9', false],
    ['a proxy in the form of IPv6', from('::ffff:10.0.0.2', '203.0.113.9'), '203.0.113.9', false],
    ['a proxy, told a lie before', from('10.0.0.2', '127.0.0.1, 203.0.113.9'), '203.0.113.9', false],
    ['two proxies in a row', from('::1', '203.0.113.9, 10.0.0.2'), '203.0.113.9', false],
    ['a proxy on this computer that says nothing', from('::1'), '::1', false],
    ['a proxy that says nonsense', from('::1', 'unknown'), '::1', false],
  ])('%s', (_, request, address, isLoopback) => {
    expect(callerOf(request, isLoopback ? [] : proxies)).toEqual({ address, isLoopback });
  });

  test('behind a proxy nobody is loopback, also who comes past it', () => {
    expect(callerOf(from('127.0.0.1'), ['10.0.0.2'])).toEqual({ address: '127.0.0.1', isLoopback: false });
  });

  test('a proxy is known in each form of its address', () => {
    expect(callerOf(from('2001:db8::2', '203.0.113.9'), ['2001:DB8:0::2']).address).toBe('203.0.113.9');
  });

  test('plain http takes this computer and the proxies, nobody else', () => {
    expect(
      ['127.0.0.1', '::1', '10.0.0.2', '203.0.113.9'].map((address) => isOwnOrProxy(address, ['10.0.0.2'])),
    ).toEqual([true, true, true, false]);
  });
});

test('an IPv6 subscriber is counted as one, whichever of its addresses it uses', () => {
  expect(countedAs('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(countedAs('2001:DB8:1:2::9')).toBe('2001:db8:1:2');
  expect(countedAs('2001:db8::9')).toBe('2001:db8:0:0');
  expect(countedAs('fe80::1%eth0')).toBe('fe80:0:0:0');
  expect(countedAs('192.0.2.1')).toBe('192.0.2.1');
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(countedAs(address).split(':')).toHaveLength(4);
    }),
  );
});

test('what a request may be signed for: public addresses, and the one that was reached', () => {
  const urls = [new URL('https://Hive.example.org'), new URL('https://hive.example.org:6776')];
  const names = ['hive.example.org', 'hive.example.org:6776'];
  const reached = (localAddress: string) => ownAuthorities({ localAddress, localPort: 6776 }, urls);
  expect(reached('192.0.2.1')).toEqual([...names, '192.0.2.1:6776']);
  expect(reached('::ffff:192.0.2.1')).toEqual([...names, '192.0.2.1:6776']);
  expect(reached('::1')).toEqual([...names, '[::1]:6776', 'localhost:6776']);
});

describe('the limiter', () => {
  test('gives tokens back with time and on purpose, never more than there were', async () => {
    const clock = createFakeClock(0);
    const limiter = createAddressLimiter(clock, { perMinute: 2, mostAddresses: 10 });
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([null, null, 30]);
    expect(limiter.take('b')).toBeNull();
    await clock.advance(15_000);
    expect(limiter.take('a')).toBe(15);
    limiter.giveBack('a');
    expect([limiter.take('a'), limiter.take('a')]).toEqual([null, 15]);
    await clock.advance(60 * 60_000);
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([null, null, 30]);
  });

  test('forgets the address that was quiet longest', () => {
    const limiter = createAddressLimiter(createFakeClock(0), { perMinute: 1, mostAddresses: 2 });
    for (const address of ['a', 'b', 'a', 'c']) limiter.take(address);
    expect(limiter.take('a')).not.toBeNull();
    expect(limiter.take('b')).toBeNull();
  });
});
