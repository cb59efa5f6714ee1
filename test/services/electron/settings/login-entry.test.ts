import { expect, test } from 'vitest';
import {
  autostartEntry,
  autostartFile,
  loginCommand,
  withCommandOf,
} from '../../../../electron/settings/login-entry.ts';

const packaged = { execPath: '/opt/Nunba/nunba', checkout: null, appImage: undefined };

test.each([
  ['a package', packaged, false, ['/opt/Nunba/nunba']],
  ['a package, hidden', packaged, true, ['/opt/Nunba/nunba', '--hidden']],
  [
    'an AppImage, which is mounted elsewhere at each start',
    { ...packaged, appImage: '/home/a/Nunba.AppImage' },
    true,
    ['/home/a/Nunba.AppImage', '--hidden'],
  ],
  [
    'a checkout',
    { execPath: '/e/electron', checkout: '/src/nunba', appImage: undefined },
    true,
    ['/e/electron', '/src/nunba', '--hidden'],
  ],
])('%s is started again with its own command', (_name, running, isHidden, expected) => {
  const { program, args } = loginCommand(running, isHidden);
  expect([program, ...args]).toEqual(expected);
});

test.each([
  [{}, '/home/a/.config/autostart/nunba.desktop'],
  [{ XDG_CONFIG_HOME: '/cfg' }, '/cfg/autostart/nunba.desktop'],
  [{ XDG_CONFIG_HOME: '' }, '/home/a/.config/autostart/nunba.desktop'],
  [{ XDG_CONFIG_HOME: 'relative' }, '/home/a/.config/autostart/nunba.desktop'],
])('with %j the entry is %s', (environment, file) => {
  expect(autostartFile(environment, '/home/a')).toBe(file);
});

test.each([
  ['/opt/Nunba/nunba', '"/opt/Nunba/nunba"'],
  ['/my apps/nunba', '"/my apps/nunba"'],
  ['/100%/nunba', '"/100%%/nunba"'],
  ['/a"b/nunba', '"/a\\\\"b/nunba"'],
  ['/$HOME/`x`', '"/\\\\$HOME/\\\\`x\\\\`"'],
  ['/a\\b', '"/a\\\\\\\\b"'],
  ['/a\nExec=evil', '"/a\\nExec=evil"'],
])('the program %j stands as %s', (program, quoted) => {
  expect(autostartEntry({ program, args: ['--hidden'] }).split('\n')).toContain(`Exec=${quoted} "--hidden"`);
});

test('the entry is one group of keys', () => {
  const lines = autostartEntry({ program: '/nunba', args: [] }).trimEnd().split('\n');
  expect(lines[0]).toBe('[Desktop Entry]');
  expect(lines.slice(1).every((line) => /^[A-Za-z-]+=\S/.test(line))).toBe(true);
});

test('an entry takes a new command and keeps what its owner changed', () => {
  const old = autostartEntry({ program: '/old/$nunba', args: [] }).replace('enabled=true', 'enabled=false');
  const renewed = withCommandOf(old, autostartEntry({ program: '/new/$nunba', args: ['--hidden'] }));
  expect(renewed).toBe(old.replace('"/old/\\\\$nunba"', () => '"/new/\\\\$nunba" "--hidden"'));
});
