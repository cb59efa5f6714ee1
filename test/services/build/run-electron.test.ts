import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ElectronOptions, nunbaFailedCode, runElectron } from '../../../build/launch/run-electron.ts';
import { tempFolder, writeProgram } from '../../builders/temp-folder.ts';

/** Runs a script in the place of Electron. */
function start(script: string, options: Partial<ElectronOptions> = {}) {
  const folder = tempFolder();
  const output: string[] = [];
  const run = runElectron({
    file: writeProgram(path.join(folder, 'electron'), script),
    args: [],
    folder,
    environment: process.env,
    startsWithinMs: 60_000,
    signal: new AbortController().signal,
    stopsWithinMs: 60_000,
    errorOutput: { write: (text) => output.push(text) },
    ...options,
  });
  return { run, folder, output };
}

describe.skipIf(process.platform === 'win32')('a run of Electron', () => {
  test.each([
    [
      'echo "The SUID sandbox helper binary was found, but is not configured correctly." >&2; exit 133',
      /user namespaces/,
    ],
    ['echo "FATAL: No usable sandbox!" >&2; kill -TRAP $$', /user namespaces/],
    ['echo "Missing X server or \\$DISPLAY" >&2; exit 1', /no display/],
    ['echo "Running as root without --no-sandbox is not supported" >&2; exit 1', /as root/],
    ['echo "electron: error while loading shared libraries: libnss3.so: cannot open" >&2; exit 127', /libnss3\.so/],
    ['exit 5', /exit code 5/],
    ['kill -SEGV $$', /SIGSEGV/],
  ])('that fails at once names its cause (%s)', async (script, reason) => {
    expect(await start(script).run).toEqual({ kind: 'did-not-start', reason: expect.stringMatching(reason) });
  });

  test('of a program that cannot be run names its cause', async () => {
    expect(await start('', { file: '/nowhere/electron' }).run).toEqual({
      kind: 'did-not-start',
      reason: expect.stringContaining('ENOENT'),
    });
  });

  test('that ends in peace is over', async () => {
    expect(await start('exit 0').run).toEqual({ kind: 'ended', exitCode: 0 });
  });

  test('in which Nunba itself failed is over too, and what it said is shown', async () => {
    const { run, output } = start(`echo "the data folder is in use" >&2; exit ${nunbaFailedCode}`);
    expect(await run).toEqual({ kind: 'ended', exitCode: nunbaFailedCode });
    expect(output.join('')).toContain('the data folder is in use');
  });

  test('that fails later hands on its exit code', async () => {
    expect(await start('exit 3', { startsWithinMs: 0 }).run).toEqual({ kind: 'ended', exitCode: 3 });
  });

  test('is given arguments as they are, never --no-sandbox', async () => {
    const { run, folder } = start('echo "$*" > arguments', { args: ['/app', '--data', '/d'] });
    await run;
    expect(fs.readFileSync(path.join(folder, 'arguments'), 'utf8').trim()).toBe('/app --data /d');
  });

  test('is stopped in good order', async () => {
    const folder = tempFolder();
    const stopping = new AbortController();
    const started = once(fs.watch(folder), 'change');
    const { run } = start(
      `trap 'exit 0' TERM; touch ${folder}/started; while :; do read -t 0.05 x < /dev/zero || :; done`,
      {
        signal: stopping.signal,
      },
    );
    await started;
    stopping.abort();
    expect(await run).toEqual({ kind: 'ended', exitCode: 0 });
  });
});
