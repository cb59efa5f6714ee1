import { expect, test } from 'vitest';
import { isPanelDark, trayIconFile } from '../../../electron/tray/tray-icon.ts';

test.each([
  ['darwin', true, 'macos/pausedTemplate.png'],
  ['darwin', false, 'macos/pausedTemplate.png'],
  ['win32', true, 'windows/paused-light.png'],
  ['win32', false, 'windows/paused.png'],
  ['linux', true, 'linux/paused-light.png'],
  ['linux', false, 'linux/paused.png'],
])('%s, dark panel %s: %s', (platform, isDark, file) => {
  expect(trayIconFile('paused', { platform, isDark })).toBe(file);
});

test.each([
  ['win32', true, 'GNOME', true],
  ['win32', false, 'GNOME', false],
  ['linux', false, 'ubuntu:GNOME', true],
  ['linux', false, 'X-Cinnamon', true],
  ['linux', false, 'KDE', false],
  ['linux', true, 'KDE', true],
  ['linux', false, '', false],
])('%s with a dark theme %s under %s: a dark panel %s', (platform, isDark, desktop, expected) => {
  expect(isPanelDark(platform, { isDark }, desktop)).toBe(expected);
});
