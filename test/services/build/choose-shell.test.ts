import { expect, test } from 'vitest';
import { chooseShell, type LaunchFacts } from '../../../build/launch/choose-shell.ts';

const desktop: LaunchFacts = {
  platform: 'linux',
  environment: { DISPLAY: ':0' },
  isRoot: false,
  electronFile: '/electron',
  failedToday: null,
  isFetchAsked: false,
};
const reasonOf = (facts: Partial<LaunchFacts>) => {
  const choice = chooseShell({ ...desktop, ...facts });
  return choice.kind === 'browser' ? choice.reason : choice.kind;
};

test.each<[string, Partial<LaunchFacts>]>([
  ['on Linux with X', {}],
  ['on Linux with Wayland', { environment: { WAYLAND_DISPLAY: 'wayland-0' } }],
  ['on a Mac, which needs no DISPLAY', { platform: 'darwin', environment: {} }],
  ['on Windows', { platform: 'win32', environment: {} }],
  ['even when an earlier download failed', { failedToday: 'offline' }],
])('Electron opens where it is installed: %s', (_, facts) => {
  expect(chooseShell({ ...desktop, ...facts })).toEqual({ kind: 'electron', file: '/electron' });
});

test.each<[string, Partial<LaunchFacts>, RegExp]>([
  ['no display', { environment: {} }, /needs a display/],
  ['no display and no Electron', { environment: {}, electronFile: null }, /needs a display/],
  ['root', { isRoot: true }, /does not run as root/],
  [
    'an override without Electron',
    { electronFile: null, environment: { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: '/x' } },
    /ELECTRON_OVERRIDE_DIST_PATH/,
  ],
  [
    'a forbidden download',
    { electronFile: null, environment: { DISPLAY: ':0', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' } },
    /forbids/,
  ],
  [
    'a failure today',
    { electronFile: null, failedToday: 'no byte arrived for 20 s' },
    /no byte arrived for 20 s.*--fetch-electron/,
  ],
])('the browser shell opens, with the reason: %s', (_, facts, reason) => {
  expect(reasonOf(facts)).toMatch(reason);
});

test('Electron is fetched when it is missing, and again on the day of a failure only when asked', () => {
  expect(reasonOf({ electronFile: null })).toBe('fetch-electron');
  expect(reasonOf({ electronFile: null, failedToday: 'offline', isFetchAsked: true })).toBe('fetch-electron');
});
