import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** The file that an installed package runs as its command `name`; run it with this Node. */
function toolFile(root: string, packageName: string, name: string): string {
  const folder = path.join(root, 'node_modules', packageName);
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  // npm's own format: every package that npm installed has it, and `bin` is looked at below.
  const { bin } = manifest as { bin?: Readonly<Record<string, string>> };
  const file = bin?.[name];
  if (!file) throw new Error(`${packageName} has no command ${name}`);
  return path.join(folder, file);
}

/** Runs a tool of the checkout to its end, its output with ours, and gives its exit code; 1 when a signal ended it. */
export function runTool(
  root: string,
  [packageName, name, ...args]: readonly [packageName: string, name: string, ...args: string[]],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  return run(root, [toolFile(root, packageName, name), ...args], environment);
}

/** The same for a script of ours. */
export function runScript(file: string, args: readonly string[]): Promise<number> {
  return run(process.cwd(), [file, ...args], process.env);
}

function run(folder: string, command: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...command], {
    cwd: folder,
    env: environment,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
