import { expect, test } from 'vitest';
import { settingsHandlers } from '../../../../electron/settings/settings-handlers.ts';
import { defaultShellSettings } from '../../../../electron/settings/settings-schema.ts';
import { ShellSettings } from '../../../../electron/settings/shell-settings.ts';

const settingsThatTrust = (...trustedHosts: string[]): ShellSettings =>
  new ShellSettings({ ...defaultShellSettings, trustedHosts }, () => undefined);

test.each([
  { name: 'takes one away', wished: ['b.example'], left: ['b.example'] },
  { name: 'takes all away', wished: [], left: [] },
  { name: 'adds none', wished: ['a.example', 'b.example', 'evil.example'], left: ['a.example', 'b.example'] },
  { name: 'replaces none', wished: ['evil.example'], left: [] },
])('a page that changes the trusted hosts $name', ({ wished, left }) => {
  const settings = settingsThatTrust('a.example', 'b.example');
  settingsHandlers(settings)['settings.update']({ trustedHosts: wished });
  expect(settings.get().trustedHosts).toEqual(left);
});

test('another change leaves the trusted hosts as they are', () => {
  const settings = settingsThatTrust('a.example');
  settingsHandlers(settings)['settings.update']({ closeToTray: true });
  expect(settings.get()).toEqual({ ...defaultShellSettings, closeToTray: true, trustedHosts: ['a.example'] });
});
