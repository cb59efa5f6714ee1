import path from 'node:path';
import { expect, test } from 'vitest';
import { arrivalsOf, linkArrival } from '../../../../electron/links/arrival.ts';
import { startAgainOptions } from '../../../../electron/links/start-again.ts';

const folder = path.resolve('/home/anna');
const again = (args: readonly string[], late: string[], appImage?: string) =>
  startAgainOptions({ args, folder, appImage }, arrivalsOf(late, folder));

test.each([
  [[], [], []],
  [['.', '--hidden'], [], ['.']],
  [['--data', 'x.nunba', '--hidden'], ['nunba://new'], ['--data', 'x.nunba', '--', 'nunba://new']],
  [
    ['--', 'nunba://join'],
    ['nunba://new', 'nunba://new?text=x'],
    ['--', 'nunba://new', 'nunba://new?text=x'],
  ],
  [['.', 'a.nunba'], ['b.nunba'], ['.', '--', path.resolve(folder, 'b.nunba')]],
  [['.', '--', 'nunba://join'], [], ['.']],
] as const)('%j that ends while %j comes is started again with %j', (args, late, expected) => {
  expect(again(args, [...late])).toEqual({ args: expected });
});

test('an AppImage is started again by its file, because what it was unpacked to is gone', () => {
  expect(again([], [], '/home/anna/Nunba.AppImage')).toEqual({ args: [], execPath: '/home/anna/Nunba.AppImage' });
  expect(startAgainOptions({ args: [], folder, appImage: '' }, [linkArrival('nunba://new')])).toEqual({
    args: ['--', 'nunba://new'],
  });
});
