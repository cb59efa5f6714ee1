import { expect, test } from 'vitest';
import { checkImports } from '../../../build/check/check-imports.ts';
import { findImports } from '../../../build/check/find-imports.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

/** What the rules say of a checkout of these files. */
async function check(files: Readonly<Record<string, string>>) {
  const root = tempFolder();
  writeFiles(root, files);
  return checkImports(root);
}
const target = 'export const x = 1;\nexport type X = 1;\n';

test('every form of an import is seen, also of types', () => {
  const source = `
    import a from './a.ts';
    import type { B } from './b.ts';
    export * from './c.ts';
    export { d } from './d.ts';
    const e = await import('./e.ts');
    type F = import('./f.ts').F;
    const g = require('./g.ts');
    const h: typeof import('./h.ts') = require('./h.ts');
    const notOne = "import './no.ts'"; // import './no.ts'
  `;
  expect(findImports('x.ts', source)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `./${name}.ts`));
});

test('a file that cannot be parsed is an error, not a file without imports', () => {
  expect(() => findImports('x.ts', 'import {')).toThrow('x.ts');
});

test('what the table allows is allowed', async () => {
  const files = {
    'node-core/protocol/a.ts': "import { z } from 'zod';\nimport '@noble/hashes/sha2.js';",
    'node-core/api/contract.ts': "import '../protocol/a.ts';\nimport { z } from 'zod';",
    'node-core/platform/fork.ts': "import 'node:child_process';",
    'node-core/storage/db.ts': "import '../protocol/a.ts';\nimport 'better-sqlite3';",
    'node-core/chat/turn.ts': "import '../storage/db.ts';\nimport '../platform/fork.ts';\nimport '../api/contract.ts';",
    'node-core/http/server.ts': "import type {} from '../chat/turn.ts';\nimport 'fastify';",
    'node-core/node.ts': "import './chat/turn.ts';\nimport './http/server.ts';",
    'node-core/main.ts': "import './node.ts';",
    'electron/main.ts': "import 'electron';\nimport '../node-core/api/contract.ts';",
    'electron/node/node-entry.ts': "import '../../node-core/node.ts';\nimport '../main.ts';",
    'renderer/ui/button.tsx': "import 'react';\nimport './styles.css';",
    'renderer/features/chat/thread.tsx': "import '../../ui/button.tsx';\nimport '../../../node-core/api/contract.ts';",
    'test/services/x.test.ts': "import '../../node-core/node.ts';",
  };
  expect(await check(files)).toEqual([]);
});

test.each([
  ['protocol', 'node-core/protocol/a.ts', '../api/b.ts', 'node-core/api/b.ts'],
  ['api', 'node-core/api/a.ts', '../platform/b.ts', 'node-core/platform/b.ts'],
  ['a domain and another', 'node-core/chat/a.ts', '../agents/b.ts', 'node-core/agents/b.ts'],
  ['a domain and http', 'node-core/chat/a.ts', '../http/b.ts', 'node-core/http/b.ts'],
  ['a domain and config', 'node-core/agents/a.ts', '../config/b.ts', 'node-core/config/b.ts'],
  ['storage and a domain', 'node-core/storage/a.ts', '../chat/b.ts', 'node-core/chat/b.ts'],
  ['platform and http', 'node-core/platform/a.ts', '../http/b.ts', 'node-core/http/b.ts'],
  ['http and storage', 'node-core/http/a.ts', '../storage/b.ts', 'node-core/storage/b.ts'],
  ['the node and the shell', 'node-core/node.ts', '../electron/b.ts', 'electron/b.ts'],
  ['the shell and the node', 'electron/main.ts', '../node-core/node.ts', 'node-core/node.ts'],
  [
    'the entry of the node and a domain',
    'electron/node/node-entry.ts',
    '../../node-core/chat/b.ts',
    'node-core/chat/b.ts',
  ],
  ['the page and the node', 'renderer/app.tsx', '../node-core/node.ts', 'node-core/node.ts'],
  ['the page and the shell', 'renderer/app.tsx', '../electron/b.ts', 'electron/b.ts'],
  ['a feature and another', 'renderer/features/chat/a.tsx', '../search/b.tsx', 'renderer/features/search/b.tsx'],
  ['the kit and a feature', 'renderer/ui/a.tsx', '../features/chat/b.tsx', 'renderer/features/chat/b.tsx'],
  ['the product and a test', 'node-core/node.ts', '../test/doubles/b.ts', 'test/doubles/b.ts'],
])('what the table forbids is found, for types too: %s', async (_, from, specifier, to) => {
  const values = await check({ [from]: `import { x } from '${specifier}';`, [to]: target });
  expect(values.join('\n')).toContain(`${from} -> ${to}: `);
  const types = await check({ [from]: `import type { X } from '${specifier}';`, [to]: target });
  expect(types.join('\n')).toContain(`${from} -> ${to}: `);
});

test.each([
  ['node-core/protocol/a.ts', 'node:crypto'],
  ['node-core/protocol/a.ts', 'fastify'],
  ['node-core/api/a.ts', 'node:fs'],
  ['node-core/chat/a.ts', 'node:child_process'],
  ['node-core/chat/a.ts', 'child_process'],
  ['node-core/chat/a.ts', 'electron'],
  ['renderer/app.tsx', 'electron/renderer'],
  ['renderer/app.tsx', 'node:path'],
])('%s may not import %s', async (from, specifier) => {
  expect((await check({ [from]: `import '${specifier}';` })).join('\n')).toContain(`${from} -> `);
});

test('a circle is found, also one of types', async () => {
  const found = await check({
    'node-core/chat/a.ts': "import type { X } from './b.ts';",
    'node-core/chat/b.ts': "import type { X } from './c.ts';",
    'node-core/chat/c.ts': "import { x } from './a.ts';",
  });
  expect(found.join('\n')).toContain('circle');
});
