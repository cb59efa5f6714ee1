import path from 'node:path';
import { expect, test } from 'vitest';
import { arrivalOf, handoverOf, readHandover } from '../../../../electron/links/arrival.ts';
import { readDeepLink } from '../../../../electron/links/deep-link.ts';
import { hostileLinks } from './hostile-links.ts';

const folder = path.resolve('/home/anna');
const link = (address: string) => ({ kind: 'link', address });
const file = (...parts: string[]) => ({ kind: 'file', path: path.resolve(folder, ...parts) });

test.each([
  [[], null],
  [['.'], null],
  [['/app', 'nunba://new?text=x'], link('nunba://new?text=x')],
  [['nunba://new', 'nunba://join'], link('nunba://new')],
  [['a.nunba', 'nunba://join'], file('a.nunba')],
  [['--', 'nunba://new'], link('nunba://new')],
  [['--inspect', '--x=nunba://join', 'nunba://new'], link('nunba://new')],
  [['--data', 'x.nunba', 'letters/a.NUNBA'], file('letters', 'a.NUNBA')],
  [['--data=x.nunba'], null],
  [['-x.nunba'], null],
  [['NUNBA:new'], link('NUNBA:new')],
  [['https://example.org/a', 'readme.md', 'nunba'], null],
  [['\\\\server\\share\\a.nunba'], null],
  [['//server/share/a.nunba'], null],
  [['a\0.nunba'], null],
] as const)('the command line %j opens %j', (args, arrival) => {
  expect(arrivalOf(args, folder)).toEqual(arrival);
});

test.each(hostileLinks)('$name on a command line is told as what it is, or is none of ours', ({ address, reason }) => {
  const arrival = arrivalOf(['/app', address], folder);
  const isOurs = /^\s*nunba:/i.test(address);
  expect(arrival?.kind ?? null).toBe(isOurs ? 'link' : null);
  if (arrival?.kind === 'link') expect(readDeepLink(arrival.address)).toEqual({ kind: 'refused', reason });
});

test('what a second start hands over is what the first one reads', () => {
  const arrival = arrivalOf([`nunba://new?text=${'a'.repeat(100_000)}`], folder);
  expect(readHandover(JSON.parse(JSON.stringify(handoverOf(arrival))))).toEqual(arrival);
  expect(readHandover(handoverOf(null))).toBeNull();
});

test.each([
  undefined,
  null,
  'nunba://new',
  {},
  { version: 2, arrival: link('nunba://new') },
  { version: 1, arrival: { kind: 'run', command: 'calc' } },
  { version: 1, arrival: { kind: 'file', path: '' } },
  { version: 1, arrival: link('a'.repeat(5_000)) },
  { version: 1, arrival: { kind: 'link', address: ['nunba://new'] } },
])('%j of another program opens nothing', (data) => {
  expect(readHandover(data)).toBeNull();
});
