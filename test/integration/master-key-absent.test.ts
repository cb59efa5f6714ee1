import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { masterKeyOf } from '../../node-core/trust/signer/master-key.ts';
import { masterKeyText } from '../../node-core/trust/signer/master-key-file.ts';
import { childrenOf, formsIn, formsOf, searchMemory } from '../builders/process-memory.ts';
import { tempFolder } from '../builders/temp-folder.ts';

interface RunningCentral {
  readonly pid: number;
  readonly process: ChildProcess;
  /** Where the process writes its heap when it is sent SIGUSR2. */
  readonly folder: string;
}

/** Starts a process that forks the signer and has used it. */
async function startCentral(seed: Buffer): Promise<RunningCentral> {
  const folder = tempFolder();
  const keyFile = path.join(folder, 'master_private_key.hex');
  fs.writeFileSync(keyFile, await masterKeyText(seed, null), { mode: 0o600 });
  const program = path.join(import.meta.dirname, 'central-holder.ts');
  const child = spawn(process.execPath, ['--heapsnapshot-signal=SIGUSR2', program, folder, keyFile], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  expect(said).toBe(`serves ${masterKeyOf(seed).anchor}\n`);
  if (child.pid === undefined) throw new Error('it did not start');
  return { pid: child.pid, process: child, folder };
}

async function heapOf({ process: child, folder }: RunningCentral): Promise<Buffer> {
  child.kill('SIGUSR2');
  const name = await vi.waitFor(
    () => {
      const found = fs.readdirSync(folder).find((entry) => entry.endsWith('.heapsnapshot'));
      // It is whole when its last bracket is there.
      if (!found || !fs.readFileSync(path.join(folder, found)).subarray(-2).includes('}')) throw new Error('not yet');
      return found;
    },
    { timeout: 60_000, interval: 200 },
  );
  return fs.readFileSync(path.join(folder, name));
}

describe.skipIf(process.platform !== 'linux')('the master key', () => {
  it('is nowhere in the node: environment, arguments, heap, memory; and the signer has it', async () => {
    const seed = randomBytes(32);
    const forms = formsOf(seed);
    const central = await startCentral(seed);
    const [signer] = childrenOf(central.pid).filter(({ command }) => command.includes('signer.'));
    if (signer === undefined) throw new Error('there is no signer');

    // The same search finds it where it must be.
    expect(searchMemory(signer.pid, forms).found).toContain('raw');

    for (const pid of [central.pid, signer.pid]) {
      expect(formsIn(fs.readFileSync(`/proc/${pid}/environ`), forms)).toEqual([]);
      expect(formsIn(fs.readFileSync(`/proc/${pid}/cmdline`), forms)).toEqual([]);
    }
    const memory = searchMemory(central.pid, forms);
    expect(memory.found).toEqual([]);
    expect(memory.sizeBytes).toBeGreaterThan(20 * 1024 * 1024);
    const heap = await heapOf(central);
    expect(heap.length).toBeGreaterThan(1024 * 1024);
    expect(heap.includes('central-holder.ts')).toBe(true);
    expect(formsIn(heap, forms)).toEqual([]);
  }, 120_000);

  it('dies with its node, however that ends', async () => {
    const central = await startCentral(randomBytes(32));
    const [signer] = childrenOf(central.pid).filter(({ command }) => command.includes('signer.'));
    if (signer === undefined) throw new Error('there is no signer');
    central.process.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(signer.pid)).toBe(false), { timeout: 10_000, interval: 50 });
  });
});

/** A dead process that nobody has taken note of is a zombie. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
