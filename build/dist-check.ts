import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { extractAll } from '@electron/asar';
import { describeFailure } from './failures.ts';
import { checkPacked, type PackageCheck } from './packaging/check-packed.ts';
import { checkSystemFiles } from './packaging/check-system-files.ts';
import type { PackedSystem } from './packaging/dummy-electron.ts';
import { type PackedProgram, packDummy } from './packaging/pack-dummy.ts';
import type { PackedTarget } from './packaging/packed-files.ts';
import { asarOf, folderBytes } from './packaging/read-packed.ts';
import { addTotals, describeTotals, type Totals } from './totals.ts';

/**
 * `npm run dist:check`: packs the program for each system around a dummy instead of Electron, which needs no download,
 * and looks at what came out; the last line counts the checks. Leaves this computer's packed files, extracted, in
 * `test-output/packed-app` for `npm run test:packed`. Installers and signatures are not made here.
 */
const root = path.dirname(import.meta.dirname);
const output = path.join(root, 'test-output', 'dist-check');
const extracted = path.join(root, 'test-output', 'packed-app');

const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
const systems: readonly PackedSystem[] = ['linux', 'win', 'mac'];
const ownSystem = process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : 'linux';

const results: Totals[] = [];
for (const system of systems) results.push(await checkTarget({ system, arch }));
const totals = addTotals(results);
console.log(describeTotals(totals));
process.exitCode = totals.failed > 0 ? 1 : 0;

async function checkTarget(target: PackedTarget): Promise<Totals> {
  const name = `${target.system}-${target.arch}`;
  const startedAt = performance.now();
  const checks = await packAndCheck(target, path.join(output, name));
  for (const { name: check, problems } of checks) {
    console.log(`[dist:check] ${name}: ${check}: ${problems.length === 0 ? 'passed' : 'FAILED'}`);
    for (const problem of problems) console.log(`  ${problem}`);
    if (problems[0]) console.log(describeFailure({ name: `${name} › ${check}`, reason: problems[0] }));
  }
  console.log(`[dist:check] ${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  const failed = checks.filter(({ problems }) => problems.length > 0).length;
  return { passed: checks.length - failed, failed, skipped: 0 };
}

async function packAndCheck(target: PackedTarget, folder: string): Promise<readonly PackageCheck[]> {
  const packing = 'electron-builder takes the configuration and packs';
  let packed: PackedProgram;
  try {
    packed = await packDummy(root, target, folder);
  } catch (error) {
    return [{ name: packing, problems: [error instanceof Error ? error.message : String(error)] }];
  }
  if (target.system === ownSystem) extractPacked(packed);
  const megabytes = (folderBytes(packed.resources) / 1024 / 1024).toFixed(1);
  return [
    { name: `${packing} (${megabytes} MB without Electron)`, problems: [] },
    ...(await checkPacked(root, packed)),
    ...checkSystemFiles(root, packed),
  ];
}

function extractPacked(packed: PackedProgram): void {
  fs.rmSync(extracted, { recursive: true, force: true });
  extractAll(asarOf(packed), extracted);
}
