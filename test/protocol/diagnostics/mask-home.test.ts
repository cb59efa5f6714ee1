import { expect, test } from 'vitest';
import { maskHome } from '../../../node-core/protocol/diagnostics/mask-home.ts';

test.each([
  ['/home/anna', 'in /home/anna/Documents', 'in ~/Documents'],
  ['/home/anna', '/home/anna', '~'],
  ['/home/anna', '/home/annabel/x', '/home/annabel/x'],
  ['/home/anna', 'file:///home/anna/a b', 'file:/~/a b'],
  ['/home/anna', '/media/anna/stick', '/media/~/stick'],
  ['/home/anna', '"/run/media/anna"', '"/run/media/~"'],
  ['/home/anna', 'anna wrote', 'anna wrote'],
  ['/Users/José María', 'at /Users/Jos%C3%A9%20Mar%C3%ADa/x and /Users/José María/y', 'at ~/x and ~/y'],
  ['C:\\Users\\Anna', 'C:\\Users\\Anna\\x', '~\\x'],
  ['C:\\Users\\Anna', '"C:\\\\Users\\\\Anna\\\\x"', '"~\\\\x"'],
  ['C:\\Users\\Anna', 'file:///c:/users/anna/x', 'file:///~/x'],
  ['/root', '/root/x and /srv/root/y', '~/x and /srv/root/y'],
  ['/', '/etc/x', '/etc/x'],
  ['/home/a.b+c', '/home/a.b+c/x /home/aXb+c/x', '~/x /home/aXb+c/x'],
])('of %s in %j stays %j', (home, text, masked) => {
  expect(maskHome(text, home)).toBe(masked);
});
