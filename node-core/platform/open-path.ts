import { spawn } from 'node:child_process';
import { FailureError } from '../api/failures.ts';

/** Shows a folder or a file in the system's file manager. Rejects with `no-desktop` where there is none. */
export async function openPath(path: string): Promise<void> {
  const noDesktop = (cause?: unknown): FailureError => new FailureError({ kind: 'no-desktop', path }, { cause });
  const program = fileManager(process.platform, process.env);
  if (program === null) throw noDesktop();
  const child = spawn(program, [path], { detached: true, stdio: 'ignore' });
  child.unref();
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(noDesktop(error)));
  });
}

/** The program that shows folders on this system, or `null` if nobody could see it. */
export function fileManager(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  if (platform === 'win32') return 'explorer.exe';
  if (platform === 'darwin') return 'open';
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? 'xdg-open' : null;
}
