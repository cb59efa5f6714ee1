import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeMasterKey, startHiveNode } from '../../builders/hive.ts';
import { childrenOf, formsIn, formsOf, searchMemory } from '../../builders/process-memory.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { waitFor } from '../../builders/wait.ts';

interface RunningCentral {
  readonly pid: number;
  readonly signerPid: number;
  readonly process: ChildProcess;
  /** Where the node writes its heap when it is sent SIGUSR2. */
  readonly heapFolder: string;
  readonly seed: Buffer;
}

/** A central as the README starts it, which has had its certificate from the signer that it forked. */
async function startForked(): Promise<RunningCentral> {
  const key = await makeMasterKey();
  const seed = Buffer.from(fs.readFileSync(key.file, 'utf8').trim(), 'hex');
  const heapFolder = tempFolder();
  const central = await startHiveNode(
    path.join(tempFolder(), 'central'),
    ['--tier', 'central', '--master-key', key.file],
    { NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${heapFolder}` },
  );
  const trust: unknown = JSON.parse(await central.command('trust', '--json'));
  expect(trust).toMatchObject({ anchor: key.anchor });
  const { pid } = central.process;
  const [signer] = pid === undefined ? [] : childrenOf(pid).filter(({ command }) => /signer\.[jt]s/.test(command));
  if (pid === undefined || signer === undefined) throw new Error('there is no signer');
  return { pid, signerPid: signer.pid, process: central.process, heapFolder, seed };
}

async function heapOf({ process: child, heapFolder: folder }: RunningCentral): Promise<Buffer> {
  child.kill('SIGUSR2');
  const name = await waitFor(
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
    const central = await startForked();
    const { pid, signerPid } = central;
    const forms = formsOf(central.seed);

    // The same search finds it where it must be.
    expect(searchMemory(signerPid, forms).found).toContain('raw');

    for (const each of [pid, signerPid]) {
      expect(formsIn(fs.readFileSync(`/proc/${each}/environ`), forms)).toEqual([]);
      expect(formsIn(fs.readFileSync(`/proc/${each}/cmdline`), forms)).toEqual([]);
    }
    const memory = searchMemory(pid, forms);
    expect(memory.found).toEqual([]);
    expect(memory.sizeBytes).toBeGreaterThan(20 * 1024 * 1024);
    const heap = await heapOf(central);
    expect(heap.includes('master_private_key.hex')).toBe(true);
    expect(formsIn(heap, forms)).toEqual([]);
  }, 120_000);

  it('is in no process any more once the node has ended, however that was', async () => {
    const { process: node, signerPid } = await startForked();
    node.kill('SIGKILL');
    await waitFor(() => expect(isRunning(signerPid)).toBe(false), { timeout: 10_000, interval: 50 });
  }, 60_000);
});

/** A dead process that nobody has taken note of is a zombie. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
