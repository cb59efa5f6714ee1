import { execFileSync } from 'node:child_process';
import process from 'node:process';

/** Command lines of the processes that were told of a test's home folder. Windows lists none. */
export function processesOf(home: string): readonly string[] {
  if (process.platform === 'win32') return [];
  const listed = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  return listed.split('\n').filter((line) => line.includes(home));
}
