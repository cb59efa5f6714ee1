import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../../../electron/settings/read-settings.ts';
import { defaultShellSettings, settingsVersion } from '../../../../electron/settings/settings-schema.ts';

const samples = path.join(import.meta.dirname, 'samples');
const sample = (version: number): string => fs.readFileSync(path.join(samples, `v${version}.json`), 'utf8');

const present = {
  1: {
    ...defaultShellSettings,
    closeToTray: true,
    theme: 'dark',
    window: { bounds: { x: -1280, y: 40, width: 1000, height: 700 }, isMaximized: false, zoom: 0 },
    remembered: { askedCloseToTray: true, toldNoTray: false },
  },
  2: {
    ...defaultShellSettings,
    startAtLogin: true,
    startHidden: true,
    theme: 'light',
    updateChannel: 'beta',
    notifications: { answers: false, health: false, hive: false, updates: false },
    window: { bounds: { x: 11, y: 20, width: 1200, height: 800 }, isMaximized: true, zoom: 0 },
  },
  3: { ...JSON.parse(sample(4)), notifications: { answers: true, health: false, hive: false, updates: true } },
  4: JSON.parse(sample(4)),
} as Readonly<Record<number, unknown>>;

test('there is a sample of every version', () => {
  const kept = fs.readdirSync(samples).sort();
  expect(kept).toEqual(Array.from({ length: settingsVersion }, (_, index) => `v${index + 1}.json`));
});

test.each(Object.keys(present).map(Number))('the sample of version %i becomes the present settings', (version) => {
  expect(readSettings(sample(version))).toEqual({
    kind: 'read',
    settings: present[version],
    isUpgraded: version < settingsVersion,
  });
});

test('the present settings do not change when they are written and read', () => {
  expect(readSettings(JSON.stringify(defaultShellSettings))).toEqual({
    kind: 'read',
    settings: defaultShellSettings,
    isUpgraded: false,
  });
});

test('the smallest file of version 1 is enough', () => {
  expect(readSettings('\uFEFF{"version":1}')).toMatchObject({ kind: 'read', settings: defaultShellSettings });
});

test('no file is a first start', () => {
  expect(readSettings(null)).toEqual({ kind: 'first' });
});

test.each([
  ['nothing', ''],
  ['half a file', sample(3).slice(0, 60)],
  ['zeros of a power cut', '\0'.repeat(40)],
  ['another value', '7'],
  ['a list', '[]'],
  ['no version', '{}'],
  ['a version that never was', '{"version":0}'],
  ['a version that is no number', '{"version":"3"}'],
  ['version 1 with a wrong value', '{"version":1,"closeToTray":"yes"}'],
  ['version 2 with a key missing', '{"version":2,"startAtLogin":true}'],
  ['the present with a wrong value', sample(3).replace('"dark"', '"pink"')],
  ['the present with a window of no size', sample(3).replace('"width": 1200', '"width": 0')],
])('%s is a damaged file', (_name, text) => {
  expect(readSettings(text)).toEqual({ kind: 'damaged' });
});

test('what a newer program wrote is not read, whatever it holds', () => {
  expect(readSettings(`{"version":${settingsVersion + 1},"theme":"dark"}`)).toEqual({ kind: 'newer' });
  expect(readSettings(sample(3).replace('"version": 3', '"version": 99'))).toEqual({ kind: 'newer' });
});
