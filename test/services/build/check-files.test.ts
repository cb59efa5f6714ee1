import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findLongFiles, findTraces } from '../../../build/check/check-files.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

const lines = (count: number, first = '// first') => `${[first, ...Array<string>(count - 1).fill('x;')].join('\n')}\n`;

test('a file of more than 300 lines is found, unless it says why', () => {
  const root = tempFolder();
  writeFiles(root, {
    'node-core/short.ts': lines(300),
    'node-core/long.ts': lines(301),
    'renderer/features/a.tsx': lines(400),
    'node-core/table.ts': lines(900, '// Longer than 300 lines because it is one table.'),
    'resources/help.md': lines(900),
  });
  expect(findLongFiles(root)).toEqual([
    expect.stringMatching(/^node-core\/long\.ts: 301 lines/),
    expect.stringMatching(/^renderer\/features\/a\.tsx: 400 lines/),
  ]);
});

test.each([
  ['the folder of the checkout', (root: string) => `see ${path.join(root, 'x')}`],
  ['the home of the person', () => `const home = '${os.homedir()}/x';`],
  ['where a package came from', () => `{ "${'resolved'}": "https://packages.example/x.tgz" }`],
  ['a registry', () => `${'registry'}=https://packages.example/`],
  ['a registry of a scope', () => `@x:${'registry'} = https://packages.example/`],
  ['the address of a registry', () => `curl https://${'registry'}.example.org/x`],
])('a trace is found: %s', (_, textFor) => {
  const root = path.join(tempFolder(), 'checkout');
  writeFiles(root, { 'a.txt': `first\n${textFor(root)}\n`, 'b.txt': 'nothing\n' });
  expect(findTraces(root, ['a.txt', 'b.txt'])).toEqual([expect.stringMatching(/^a\.txt:2: /)]);
});

test('what only looks like a trace is none', () => {
  const root = path.join(tempFolder(), 'checkout');
  writeFiles(root, {
    'a.ts': "import './agents/registry.ts';\nexport const registry = openRegistry();\n",
    'b.md': `${root}-other and https://example.org/registry\n`,
  });
  expect(findTraces(root, ['a.ts', 'b.md'])).toEqual([]);
});
