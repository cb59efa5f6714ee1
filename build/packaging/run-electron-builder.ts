import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

/** How electron-builder ended. */
export interface BuilderRun {
  readonly exitCode: number;
  /** What it said, both streams. */
  readonly output: string;
}

/**
 * Runs electron-builder on the checkout with electron-builder.yml.
 * @param suffix what artefacts have before their extension, see `unsignedSuffix`
 * @param isShown whether its output is also ours
 */
export function runElectronBuilder(
  root: string,
  args: readonly string[],
  { suffix, isShown }: { readonly suffix: string; readonly isShown: boolean },
): Promise<BuilderRun> {
  const program = path.join(root, 'node_modules', 'electron-builder', 'cli.js');
  const child = spawn(process.execPath, [program, ...args, '--publish', 'never'], {
    cwd: root,
    env: { ...process.env, NUNBA_UNSIGNED: suffix },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const take = (chunk: Buffer): void => {
    output += chunk;
    if (isShown) process.stderr.write(chunk);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
