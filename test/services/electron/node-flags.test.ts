import { expect, test } from 'vitest';
import { readFlags } from '../../../electron/node/node-flags.ts';

test.each([
  [[], {}],
  [['.'], {}],
  [['/app', '--data', '/d', '--port=7000'], { dataFolder: '/d', port: '7000' }],
  [['--identity', 'move'], { identity: 'move' }],
  [['--user-data-dir=/x', '--host', '::1', '--no-flag', '--tier=flat'], { host: '::1', tier: 'flat' }],
  [['--data'], {}],
])('%j says %j', (args, flags) => {
  expect(readFlags(args)).toEqual(flags);
});
