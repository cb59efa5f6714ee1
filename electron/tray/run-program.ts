import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunProgram } from './tray-host.ts';

/** Longest wait for a program, ms. */
const timeoutMs = 3_000;
const mostOutputBytes = 64 * 1024;

/** Runs a program of the system, found by its name, without a shell. */
export const runProgram: RunProgram = async (file, args) => {
  const { stdout } = await promisify(execFile)(file, [...args], { timeout: timeoutMs, maxBuffer: mostOutputBytes });
  return stdout;
};
