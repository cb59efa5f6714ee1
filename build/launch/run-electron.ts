import { type ChildProcess, spawn } from 'node:child_process';
import { type Exit, explainExit } from '../../node-core/platform/explain-exit.ts';

/** With this exit code the shell says that it started, but Nunba itself could not; another window would not help. */
export const nunbaFailedCode = 70;

/** How a run of Electron ended. */
export type ElectronRun =
  | { readonly kind: 'ended'; readonly exitCode: number }
  | { readonly kind: 'did-not-start'; readonly reason: string };

/** Knobs of the run. */
export interface ElectronOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** A failure within this time means that Electron could not start; ms. */
  readonly startsWithinMs: number;
  /** Ends Electron in good order; it is killed when it has not gone `stopsWithinMs` later. */
  readonly signal: AbortSignal;
  readonly stopsWithinMs: number;
  readonly errorOutput: { write(text: string): unknown };
}

/** Runs Electron until its last window is closed or `signal` aborts. Never adds `--no-sandbox`. */
export async function runElectron(options: ElectronOptions): Promise<ElectronRun> {
  const { file, args, folder, environment, signal, errorOutput } = options;
  const startedAt = performance.now();
  const child = spawn(file, args, { cwd: folder, env: environment, stdio: ['ignore', 'inherit', 'pipe'] });
  const errors = collectErrors(child, options.startsWithinMs, errorOutput);
  const stop = (): void => stopChild(child, options.stopsWithinMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { code, signal: endedBy } = await exitOf(child);
    if (signal.aborted || code === 0) return { kind: 'ended', exitCode: 0 };
    if (code !== nunbaFailedCode && performance.now() - startedAt < options.startsWithinMs) {
      return { kind: 'did-not-start', reason: explainExit({ code, signal: endedBy, errorText: errors.text() }) };
    }
    errors.flush();
    return { kind: 'ended', exitCode: code ?? 1 };
  } finally {
    errors.end();
    signal.removeEventListener('abort', stop);
  }
}

/** Holds back what Electron complains about until it is known whether it starts, and passes everything on then. */
function collectErrors(
  child: ChildProcess,
  holdMs: number,
  out: { write(text: string): unknown },
): { text(): string; flush(): void; end(): void } {
  let held = '';
  let isHolding = true;
  const flush = (): void => {
    isHolding = false;
    if (held) out.write(held);
    held = '';
  };
  const timer = setTimeout(flush, holdMs);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (isHolding) held = (held + text).slice(-16_384);
    else out.write(text);
  });
  child.once('error', (error) => {
    held += error.message;
  });
  return { text: () => held, flush, end: () => clearTimeout(timer) };
}

function stopChild(child: ChildProcess, patienceMs: number): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  child.once('exit', () => clearTimeout(timer));
}

function exitOf(child: ChildProcess): Promise<Pick<Exit, 'code' | 'signal'>> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
