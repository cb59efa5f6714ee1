import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { childEnvironment } from '../protocol/child-environment.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Log } from '../protocol/ports/log.ts';
import { programEntry } from './program-entry.ts';

/** What a forked signer is given. The key itself never passes through this process: only the path of its file does. */
export interface SignerFork {
  /** Absolute paths. */
  readonly keyFile: string;
  readonly passphraseFile: string | null;
  readonly sequenceFile: string;
  /** Node keys that may get a central certificate, 64 hex each. */
  readonly centralKeys: readonly string[];
  /** Regional certificates within any hour; `null`: the signer's default. */
  readonly perHour: number | null;
  readonly clock: Pick<Clock, 'after' | 'elapsed'>;
  readonly log: Log;
}

/** The signer as a child of this process. It ends with it, however that ends: its standard input does. */
export interface ForkedSigner {
  /** Both ends of its pipes, starting it if it does not run. After a quick end the next start waits longer. */
  connect(): Promise<{ readonly readable: Readable; readonly writable: Writable }>;
  /** Ends it and waits. Idempotent. */
  stop(): Promise<void>;
}

/** One that lives this long begins the waits anew, ms. */
const provenAfterMs = 60_000;
const shortestWaitMs = 250;
const longestWaitMs = 30_000;

/** Prepares the signer; it is started when it is first needed. */
export function forkSigner(fork: SignerFork): ForkedSigner {
  return new SignerChild(fork);
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

class SignerChild implements ForkedSigner {
  readonly #fork: SignerFork;
  #child: Child | null = null;
  #startedAtMs = 0;
  #quickEnds = 0;
  #notBeforeMs = 0;
  #isStopped = false;

  constructor(fork: SignerFork) {
    this.#fork = fork;
  }

  async connect(): Promise<{ readonly readable: Readable; readonly writable: Writable }> {
    // A child speaks over its pipes once; who asks again has lost it.
    if (this.#child !== null) await end(this.#child);
    await this.#waitForTurn();
    if (this.#isStopped) throw new Error('the node is stopping');
    const child = this.#start();
    return { readable: child.stdout, writable: child.stdin };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#child !== null) await end(this.#child);
  }

  #waitForTurn(): Promise<void> {
    const { clock } = this.#fork;
    const waitMs = this.#notBeforeMs - clock.elapsed();
    return waitMs <= 0 ? Promise.resolve() : new Promise((resolve) => clock.after(waitMs, resolve));
  }

  #start(): Child {
    const { clock, log } = this.#fork;
    const child = spawn(process.execPath, [programEntry('signer'), ...argumentsOf(this.#fork)], {
      env: childEnvironment(process.env),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.#child = child;
    this.#startedAtMs = clock.elapsed();
    createInterface({ input: child.stderr }).on('line', (line) => log.info({ line: line.slice(0, 2_000) }, 'Signer.'));
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => {
      child.stdout.destroy(error);
      this.#ended(child);
    });
    child.once('exit', (code, signal) => {
      log.info({ code, signal }, 'The signer has ended.');
      this.#ended(child);
    });
    return child;
  }

  #ended(child: Child): void {
    if (this.#child !== child) return;
    this.#child = null;
    const { clock } = this.#fork;
    const hasProven = clock.elapsed() - this.#startedAtMs >= provenAfterMs;
    this.#quickEnds = hasProven ? 0 : this.#quickEnds + 1;
    this.#notBeforeMs = clock.elapsed() + Math.min(longestWaitMs, shortestWaitMs * 2 ** (this.#quickEnds - 1));
  }
}

function argumentsOf({ keyFile, passphraseFile, sequenceFile, centralKeys, perHour }: SignerFork): readonly string[] {
  return [
    ...['--key', keyFile, '--sequence', sequenceFile],
    ...(passphraseFile === null ? [] : ['--passphrase-file', passphraseFile]),
    ...centralKeys.flatMap((key) => ['--central-key', key]),
    ...(perHour === null ? [] : ['--per-hour', String(perHour)]),
  ];
}

function end(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.stdin.destroy();
    child.kill('SIGKILL');
  });
}
