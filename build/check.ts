import path from 'node:path';
import process from 'node:process';
import { findLongFiles, findTraces } from './check/check-files.ts';
import { checkImports } from './check/check-imports.ts';
import { describeFailure } from './failures.ts';
import { runTool } from './run-tool.ts';
import { addTotals, describeTotals, type Totals } from './totals.ts';

/**
 * `npm run check`: all that must hold before a commit. Every check is run, also after one has failed; the last line
 * counts the checks. `--without-tests` is for the CI, which runs `npm test` with the same unit tests a moment later.
 */
interface Check {
  readonly name: string;
  /** Says what is wrong by itself, and resolves with whether all is well. */
  run(): Promise<boolean>;
}

const root = path.dirname(import.meta.dirname);
const worlds = ['node-core/protocol', 'node-core', 'electron', 'renderer', 'build', 'test'];

const unitTests = tool(
  'unit tests',
  'vitest',
  'vitest',
  'run',
  '--config',
  'build/vitest.config.ts',
  '--project',
  'unit',
);
const checks: readonly Check[] = [
  tool('format and lint', '@biomejs/biome', 'biome', 'check', '--error-on-warnings'),
  ...worlds.map((world) => tool(`types of ${world}`, 'typescript', 'tsc', '-p', path.join(world, 'tsconfig.json'))),
  sentences('imports', () => checkImports(root)),
  tool('dead code', 'knip', 'knip', '--config', 'build/knip.json', '--no-progress'),
  sentences('length of files', async () => findLongFiles(root)),
  sentences('traces of machines', async () => findTraces(root)),
  ...(process.argv.includes('--without-tests') ? [] : [unitTests]),
];

const results: Totals[] = [];
for (const check of checks) {
  const startedAt = performance.now();
  const isWell = await check.run();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`[check] ${check.name}: ${isWell ? 'passed' : 'FAILED'} (${seconds} s)`);
  if (!isWell) console.log(describeFailure({ name: `check › ${check.name}`, reason: '' }));
  results.push({ passed: isWell ? 1 : 0, failed: isWell ? 0 : 1, skipped: 0 });
}
const totals = addTotals(results);
console.log(describeTotals(totals));
process.exitCode = totals.failed > 0 ? 1 : 0;

function tool(name: string, packageName: string, command: string, ...args: string[]): Check {
  return { name, run: async () => (await runTool(root, [packageName, command, ...args])) === 0 };
}

function sentences(name: string, find: () => Promise<readonly string[]>): Check {
  return {
    name,
    run: async () => {
      const found = await find();
      for (const sentence of found) console.log(sentence);
      return found.length === 0;
    },
  };
}
