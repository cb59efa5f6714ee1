import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { electronPackage } from './electron-binary.ts';

/** What the child says while it works. */
export type FetchMessage =
  | { readonly kind: 'progress'; readonly transferred: number; readonly total: number | null }
  | { readonly kind: 'unpacking' }
  | { readonly kind: 'failed'; readonly reason: string };

/** How the download ended. */
export type FetchOutcome = { readonly kind: 'fetched' } | { readonly kind: 'failed'; readonly reason: string };

/** Knobs of the download. */
export interface FetchOptions {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Gives up after so long without a byte; ms. */
  readonly idleTimeoutMs: number;
  /** Gives up when unpacking takes longer; ms. */
  readonly unpackTimeoutMs: number;
  readonly onProgress: (transferred: number, total: number | null) => void;
}

/** Fetches and unpacks Electron with the official package's means, in a child process that ends when this returns. */
export async function fetchElectron(options: FetchOptions): Promise<FetchOutcome> {
  const child = fork(path.join(import.meta.dirname, 'fetch-electron-child.ts'), [electronPackage(options.root)], {
    // Node's own proxy support; without it fetch ignores HTTPS_PROXY.
    env: { NODE_USE_ENV_PROXY: '1', ...options.environment },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    return await outcomeOf(child, options);
  } finally {
    child.kill('SIGKILL');
  }
}

function outcomeOf(child: ChildProcess, options: FetchOptions): Promise<FetchOutcome> {
  const { idleTimeoutMs, unpackTimeoutMs, onProgress } = options;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let transferredBefore = 0;
    const settle = (outcome: FetchOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const failAfter = (delayMs: number, reason: string): void => {
      clearTimeout(timer);
      timer = setTimeout(() => settle({ kind: 'failed', reason }), delayMs);
    };
    const awaitBytes = (): void => failAfter(idleTimeoutMs, `no byte arrived for ${idleTimeoutMs / 1000} s`);

    awaitBytes();
    child.on('message', (message: FetchMessage) => {
      if (message.kind === 'failed') settle(message);
      else if (message.kind === 'unpacking') failAfter(unpackTimeoutMs, 'unpacking took too long');
      else {
        if (message.transferred > transferredBefore) awaitBytes();
        transferredBefore = message.transferred;
        onProgress(message.transferred, message.total);
      }
    });
    child.on('error', (error) => settle({ kind: 'failed', reason: error.message }));
    child.on('exit', (code) =>
      settle(
        code === 0 ? { kind: 'fetched' } : { kind: 'failed', reason: `the package's installer gave up (${code})` },
      ),
    );
  });
}
