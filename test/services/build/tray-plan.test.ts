import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { planTrayImages, trayStates } from '../../../build/icons/tray-plan.ts';
import { trayIconFile } from '../../../electron/tray/tray-icon.ts';

const root = path.join(import.meta.dirname, '../../..');
const images = planTrayImages();
const filesOf = (folder: string): readonly string[] =>
  images.map(({ file }) => file).filter((file) => file.startsWith(folder));

test('every state has a drawing', () => {
  const drawings = fs.readdirSync(path.join(root, 'resources/icons/tray'));
  expect(drawings.sort()).toEqual(trayStates.map((state) => `${state}.svg`).sort());
});

test.each(trayStates)('%s has pictures for each system and panel', (state) => {
  const asked = ['win32', 'linux', 'darwin'].flatMap((platform) =>
    [true, false].map((isDark) => trayIconFile(state, { platform, isDark })),
  );
  const twice = asked.map((file) => file.replace('.png', '@2x.png'));
  expect(images.map(({ file }) => file)).toEqual(expect.arrayContaining([...asked, ...twice]));
});

test('Windows finds a picture for each of its scales without scaling it', () => {
  const sizes = images.filter(({ file }) => /^windows\/flat(?:@|\.png)/.test(file)).map(({ sizePx }) => sizePx);
  expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64]);
});

test('no two pictures share a file', () => {
  expect(new Set(images.map(({ file }) => file)).size).toBe(images.length);
});

test('macOS gets templates alone: one colour, named as one', () => {
  expect(filesOf('macos/').filter((file) => !/Template(?:@\d+x)?\.png$/.test(file))).toEqual([]);
  expect(new Set(images.filter(({ file }) => file.startsWith('macos/')).map(({ color }) => color)).size).toBe(1);
});

test('states of one colour are told apart by their shape', () => {
  const shapes = trayStates.map((state) =>
    fs.readFileSync(path.join(root, `resources/icons/tray/${state}.svg`), 'utf8'),
  );
  expect(new Set(shapes.map((svg) => svg.replace(/<title>.*<\/title>/, ''))).size).toBe(trayStates.length);
});
