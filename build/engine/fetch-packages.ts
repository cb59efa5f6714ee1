import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import {
  type EnginePackage,
  packagesFor,
  readEnginePackages,
} from '../../node-core/agents/local/install/engine-packages.ts';
import { chooseVariant, readComputerFacts } from '../../node-core/platform/engine-variant.ts';

/** Packages that npm is asked for at once. */
const atOnce = 20;

/** Where the engine's packages are kept for the tests, and under which names. */
export const engineCache = (root: string): string => path.join(root, 'node_modules', '.cache', 'nunba-engine');
export const cachedName = ({ name, version }: Pick<EnginePackage, 'name' | 'version'>): string =>
  `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;

/**
 * Fetches the packages of this computer's engine with the developer's own npm, as far as they are not there, so that
 * the tests have a registry of their own to install from. Rejects where one is not what the list says.
 */
export async function fetchEnginePackages(root: string): Promise<void> {
  const variant = chooseVariant(readComputerFacts());
  if (variant === null) throw new Error('there is no engine for this kind of computer');
  const list = readEnginePackages(path.join(root, 'resources', 'engine', 'packages.json'));
  const folder = engineCache(root);
  fs.mkdirSync(folder, { recursive: true });
  const missing = packagesFor(list, variant).filter((each) => !isRight(path.join(folder, cachedName(each)), each));
  if (missing.length > 0) console.log(`[engine] fetches ${missing.length} packages for the tests`);
  for (let index = 0; index < missing.length; index += atOnce) {
    const batch = missing.slice(index, index + atOnce);
    const { command, args } = npm();
    const specs = batch.map(({ name, version }) => `${name}@${version}`);
    const pack = [...args, 'pack', ...specs, '--ignore-scripts', '--silent', '--pack-destination', folder];
    await promisify(execFile)(command, pack, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    for (const each of batch) {
      if (!isRight(path.join(folder, cachedName(each)), each))
        throw new Error(`${each.name} is not what the list says`);
    }
  }
}

function isRight(file: string, { sizeBytes, integrity }: EnginePackage): boolean {
  if (fs.statSync(file, { throwIfNoEntry: false })?.size !== sizeBytes) return false;
  return `sha512-${createHash('sha512').update(fs.readFileSync(file)).digest('base64')}` === integrity;
}

/** The npm that runs this script; Windows starts no `npm.cmd` without a shell. */
function npm(): { readonly command: string; readonly args: readonly string[] } {
  const script = process.env.npm_execpath;
  return script === undefined ? { command: 'npm', args: [] } : { command: process.execPath, args: [script] };
}
