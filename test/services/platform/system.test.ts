import path from 'node:path';
import { expect, test } from 'vitest';
import { fileManager } from '../../../node-core/platform/open-path.ts';
import { findProgramFiles } from '../../../node-core/platform/program-files.ts';
import { createIds } from '../../../node-core/platform/ulid-ids.ts';

test('identifiers only grow, also within a millisecond and when the clock steps back', () => {
  const times = [2000, 2000, 2000, 1000, 3000];
  const ids = createIds({ now: () => times.shift() ?? 3000 });
  const made = Array.from({ length: 5 }, ids);
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(5);
});

test.each([
  ['linux', {}, null],
  ['linux', { DISPLAY: ':0' }, 'xdg-open'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ['darwin', {}, 'open'],
  ['win32', {}, 'explorer.exe'],
] as const)('folders are shown on %s with %j by %s', (platform, environment, program) => {
  expect(fileManager(platform, environment)).toBe(program);
});

test('what comes with the program is found from the sources and from what was built', () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  for (const start of ['node-core', 'dist/node-core', 'dist/node-core/chunks']) {
    expect(findProgramFiles(path.join(root, start))).toMatchObject({ root, resources: path.join(root, 'resources') });
  }
  expect(() => findProgramFiles(path.parse(root).root)).toThrow();
});
