import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNvidiaMemory } from '../../../node-core/platform/nvidia-memory.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

/** A program in the place of the driver's, which notes what it is asked. */
function driver(body: string): { readonly program: string; asked(): string } {
  const folder = tempFolder();
  const program = path.join(folder, 'nvidia-smi');
  fs.writeFileSync(program, `#!/bin/sh\necho "$@" > "$(dirname "$0")/asked"\n${body}\n`, { mode: 0o755 });
  return { program, asked: () => fs.readFileSync(path.join(folder, 'asked'), 'utf8').trim() };
}

describe.skipIf(process.platform === 'win32')('memory of NVIDIA cards', () => {
  it('is that of the largest card', async () => {
    const { program, asked } = driver('echo 8192\necho 24564');
    expect(await readNvidiaMemory(program)).toBe(24_564 * 1024 * 1024);
    expect(asked()).toBe('--query-gpu=memory.total --format=csv,noheader,nounits');
  });

  it.each([
    ['the driver fails', 'echo "NVIDIA-SMI has failed"; exit 9'],
    ['the card shares the memory of the computer', 'echo "[N/A]"'],
    ['nothing is said', 'true'],
  ])('is not known where %s', async (_, body) => {
    expect(await readNvidiaMemory(driver(body).program)).toBeNull();
  });

  it('is not known where the driver hangs, and nobody waits for it', async () => {
    const { program } = driver('sleep 4');
    const beganAt = performance.now();
    expect(await readNvidiaMemory(program, 200)).toBeNull();
    expect(performance.now() - beganAt).toBeLessThan(3_000);
  });

  it('is not known where the program is missing', async () => {
    expect(await readNvidiaMemory('/no/such/nvidia-smi')).toBeNull();
    expect(await readNvidiaMemory(null)).toBeNull();
  });
});
