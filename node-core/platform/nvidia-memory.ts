import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Longest wait for the driver's own program, ms: it wakes a card that sleeps. */
const timeMs = 10_000;
const mebibyte = 1024 * 1024;

/** The program that comes with NVIDIA's driver, or `null` where no such driver is. */
export function nvidiaSmi(): string | null {
  if (process.platform === 'win32') {
    const file = path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'nvidia-smi.exe');
    return fs.existsSync(file) ? file : null;
  }
  return process.platform === 'linux' && fs.existsSync('/dev/nvidiactl') ? 'nvidia-smi' : null;
}

/**
 * Memory of the largest NVIDIA card, bytes; `null`: there is none, or its driver does not tell. Never rejects.
 * @param program `null`: no driver is here
 * @param withinMs after so long it is not waited for any more
 */
export function readNvidiaMemory(program: string | null, withinMs = timeMs): Promise<number | null> {
  if (program === null) return Promise.resolve(null);
  const args = ['--query-gpu=memory.total', '--format=csv,noheader,nounits'];
  return new Promise((resolve) => {
    // A driver that hangs holds its program so that not even a kill ends it.
    const timer = setTimeout(() => resolve(null), withinMs);
    const options = { timeout: withinMs, killSignal: 'SIGKILL', maxBuffer: 64 * 1024, windowsHide: true } as const;
    execFile(program, args, options, (error, output) => {
      clearTimeout(timer);
      resolve(error ? null : largest(output));
    });
  });
}

/** Of lines with a number of MiB each; `[N/A]` stands where a card shares the computer's memory. */
function largest(output: string): number | null {
  const sizes = output.split('\n').filter((line) => /^\s*\d{1,9}\s*$/.test(line));
  return sizes.length === 0 ? null : Math.max(...sizes.map(Number)) * mebibyte;
}
