import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import type { StandInRecord } from '../../electron-stand-in/record.ts';
import { bareEnvironment } from '../run-program.ts';
import { type PageFaults, watchPages } from '../watch-page.ts';
import { findDesktopProgram } from './desktop-program.ts';

/** What a test may say about the app it wants. */
export interface DesktopOptions {
  /** Environment on top of a bare one. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Behind the folder of the app on the command line. */
  readonly args?: readonly string[];
  /** Another build of the app than the checkout's. */
  readonly appFolder?: string;
}

/** How a later start beside the running one ended. */
export interface LaterStart {
  readonly exitCode: number | null;
  readonly output: string;
}

const launchTimeoutMs = 60_000;
const killTimeoutMs = 20_000;

/** The desktop app of one home folder, started and ended as often as a test likes. */
export class Desktop {
  readonly kind: 'electron' | 'stand-in';
  /** Empty when the test begins: nothing of the person's is in it. */
  readonly home: string;
  readonly dataFolder: string;
  readonly #program = findDesktopProgram();
  readonly #options: DesktopOptions;
  readonly #faults: PageFaults[] = [];
  readonly #expected: RegExp[] = [];
  #running: ElectronApplication | null = null;
  #output = '';

  constructor(home: string, options: DesktopOptions = {}) {
    this.kind = this.#program.kind;
    this.home = home;
    this.dataFolder = options.environment?.NUNBA_DATA_DIR ?? path.join(home, 'data');
    this.#options = options;
  }

  /** The running app, for `evaluate` in its main process. */
  get app(): ElectronApplication {
    if (!this.#running) throw new Error('The app does not run.');
    return this.#running;
  }

  /** Everything that the main process has said, over all starts. */
  get output(): string {
    return this.#output;
  }

  /** Starts the app. @param more on top of what the test has said at first */
  async launch(more: DesktopOptions = {}): Promise<void> {
    const { file } = this.#program;
    const launching = electron.launch({
      executablePath: file,
      args: [more.appFolder ?? this.#program.appFolder, ...this.#args(more)],
      cwd: this.home,
      env: this.#environment(more),
      // The app decides about its colours.
      colorScheme: null,
      timeout: launchTimeoutMs,
    });
    const app = await launching.catch((error: unknown) => {
      throw new Error(`The app did not start: ${this.#failure()}`, { cause: error });
    });
    this.#running = app;
    const { stdout, stderr } = app.process();
    for (const stream of [stdout, stderr]) {
      stream?.on('data', (text) => {
        this.#output += text;
      });
    }
    const faults = watchPages(app.context());
    for (const pattern of this.#expected) faults.expect(pattern);
    this.#faults.push(faults);
  }

  /** The window's page, when its first screen can be used. */
  async page(): Promise<Page> {
    const page = await this.app.firstWindow();
    await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
    return page;
  }

  /** Ends the app as `Quit` in its menu does. */
  async quit(): Promise<void> {
    const app = this.#running;
    this.#running = null;
    await app?.close();
  }

  /** Ends the app without any chance to tidy up. */
  async kill(): Promise<void> {
    const child = this.app.process();
    this.#running = null;
    child.kill('SIGKILL');
    await once(child, 'exit', { signal: AbortSignal.timeout(killTimeoutMs) });
  }

  /** Quits where it runs, and starts it again on the same home. */
  async relaunch(more: DesktopOptions = {}): Promise<Page> {
    await this.quit();
    await this.launch(more);
    return this.page();
  }

  /** Starts a second one beside it, without Playwright, and waits until that has ended. */
  async startAnother(args: readonly string[] = [], more: DesktopOptions = {}): Promise<LaterStart> {
    const { file, appFolder } = this.#program;
    const sandbox = process.platform === 'linux' ? ['--no-sandbox'] : [];
    const child = spawn(file, [...sandbox, appFolder, ...this.#args(more), ...args], {
      cwd: this.home,
      env: this.#environment(more),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    try {
      await once(child, 'close', { signal: AbortSignal.timeout(launchTimeoutMs) });
    } finally {
      child.kill('SIGKILL');
    }
    return { exitCode: child.exitCode, output };
  }

  /** The process of the node that owns the data folder. */
  nodePid(): number {
    const file = path.join(this.dataFolder, 'run/endpoint.json');
    const endpoint: { readonly pid: number } = JSON.parse(fs.readFileSync(file, 'utf8'));
    return endpoint.pid;
  }

  /** The same, or `null` while no node owns it: between two starts. */
  nodePidOrNull(): number | null {
    try {
      return this.nodePid();
    } catch {
      return null;
    }
  }

  /** What the shell has done to the world around it; the stand-in only. `read` runs in the main process. */
  seen<Result>(read: (record: StandInRecord) => Result): Promise<Result> {
    return this.app.evaluate((module, text) => {
      const { standIn } = module as unknown as { readonly standIn: StandInRecord };
      // biome-ignore lint/security/noGlobalEval: the test's own function, handed over as text.
      return globalThis.eval(`(${text})`)(standIn) as Result;
    }, String(read));
  }

  /** An error of its pages that the test brings about itself. */
  expectFault(pattern: RegExp): void {
    this.#expected.push(pattern);
    for (const faults of this.#faults) faults.expect(pattern);
  }

  /** Errors of its pages that nobody expected. */
  unexpectedFaults(): readonly string[] {
    return this.#faults.flatMap((faults) => faults.unexpected());
  }

  /** What the stand-in has left behind; Electron leaves nothing. */
  #failure(): string {
    const file = path.join(this.home, 'stand-in-failure');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : 'it did not say why';
  }

  #args(more: DesktopOptions): readonly string[] {
    return [...(this.#options.args ?? []), ...(more.args ?? [])];
  }

  #environment(more: DesktopOptions): Record<string, string> {
    const bare = Object.entries(bareEnvironment(this.home)).filter((entry): entry is [string, string] => !!entry[1]);
    return {
      ...Object.fromEntries(bare),
      ...(process.env.DISPLAY ? { DISPLAY: process.env.DISPLAY } : {}),
      NUNBA_DATA_DIR: this.dataFolder,
      NUNBA_PORT: '0',
      STAND_IN_NODE: process.execPath,
      STAND_IN_FAILURE: path.join(this.home, 'stand-in-failure'),
      ...this.#options.environment,
      ...more.environment,
    };
  }
}
