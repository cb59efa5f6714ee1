import process from 'node:process';
import type { App, RelaunchOptions } from 'electron';
import { createDock, switchesOf } from './app-parts.ts';
import { AppPaths } from './app-paths.ts';
import { AppRegistrations } from './app-registrations.ts';
import { type RunningChromium, startChromium } from './chromium.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import { openWindows } from './open-windows.ts';
import { preventable } from './preventable-event.ts';
import { record } from './record.ts';
import { InstanceLock } from './single-instance.ts';
import { as, classStandsFor, type Members } from './stands-for.ts';

/** The application's life: ready, windows closed, quitting; and what the system knows of it. */
class StandInApp extends AppRegistrations implements Members<App> {
  readonly commandLine: App['commandLine'];
  readonly isPackaged: boolean;
  readonly dock: App['dock'];
  readonly runningUnderARM64Translation = false;
  applicationMenu: App['applicationMenu'] = null;
  name: string;
  userAgentFallback = 'stand-in';
  /** Resolves when somebody waits for the app to be ready. */
  readonly asked: Promise<void>;
  readonly #switches: Map<string, string>;
  readonly #about: CommandLine;
  readonly #paths: AppPaths;
  readonly #ready = Promise.withResolvers<void>();
  #ask: () => void = () => undefined;
  #chromium: RunningChromium | null = null;
  #lock: InstanceLock | null = null;
  #state: 'starting' | 'ready' | 'quitting' | 'exiting' = 'starting';

  constructor(about: CommandLine) {
    super();
    this.#about = about;
    this.name = about.name;
    this.isPackaged = process.env.STAND_IN_PACKAGED === '1';
    this.#switches = new Map(about.switches);
    this.#paths = new AppPaths(about.switches.get('user-data-dir'));
    this.commandLine = as<App['commandLine']>(switchesOf(this.#switches));
    this.dock = process.platform === 'darwin' ? as<NonNullable<App['dock']>>(createDock()) : undefined;
    this.asked = new Promise((resolve) => {
      this.#ask = resolve;
    });
  }

  /** For the windows: their Chromium, when the app is ready. */
  get chromium(): RunningChromium {
    if (!this.#chromium) throw new Error('Cannot create BrowserWindow before app is ready');
    return this.#chromium;
  }

  /** For the launcher: makes the app ready. */
  async begin(): Promise<void> {
    if (this.#state === 'exiting') return;
    const chromium = await startChromium(this.getPath('sessionData'), this.#switches.has('remote-debugging-port'));
    this.#chromium = chromium;
    void chromium.ended.then(() => {
      if (this.#state !== 'exiting')
        this.emit('child-process-gone', preventable(), { type: 'GPU', reason: 'crashed', exitCode: 1 });
    });
    this.#state = 'ready';
    this.emit('will-finish-launching');
    this.emit('ready', preventable(), {});
    this.#ready.resolve();
  }

  whenReady(): Promise<void> {
    this.#ask();
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#chromium !== null;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return this.#about.version;
  }

  getAppPath(): string {
    return this.#about.appFolder;
  }

  getLocale(): string {
    return this.#switches.get('lang') || 'en-US';
  }

  getSystemLocale(): string {
    return 'en-US';
  }

  getLocaleCountryCode(): string {
    return 'US';
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  getPath(name: string): string {
    return this.#paths.get(name, this.name);
  }

  setPath(name: string, folder: string): void {
    this.#paths.set(name, folder);
  }

  setAppLogsPath(folder = this.getPath('logs')): void {
    this.#paths.set('logs', folder);
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    this.#lock ??= new InstanceLock(this.getPath('userData'), (start) =>
      this.emit('second-instance', preventable(), start.argv, start.cwd, start.additionalData),
    );
    return this.#lock.acquire({ argv: [...process.argv], cwd: process.cwd(), additionalData });
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock?.isHeld ?? false;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release();
  }

  /** For the windows: tells that the last one has closed. */
  lastWindowClosed(): void {
    if (this.#state === 'exiting') return;
    if (this.#state === 'quitting') this.#finishQuit();
    else if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  quit(): void {
    if (this.#state === 'exiting') return;
    if (this.#state === 'starting') {
      this.exit(0);
      return;
    }
    if (this.#isPrevented('before-quit')) return;
    this.#state = 'quitting';
    for (const window of [...openWindows]) {
      if (window.tryClose()) continue;
      this.#state = 'ready';
      return;
    }
    this.#finishQuit();
  }

  exit(code = 0): void {
    if (this.#state === 'exiting') return;
    this.#state = 'exiting';
    for (const window of [...openWindows]) window.destroy();
    this.#lock?.release();
    void Promise.resolve(this.#chromium?.close()).finally(() => {
      this.emit('quit', preventable(), code);
      process.exit(code);
    });
  }

  relaunch(options: RelaunchOptions = {}): void {
    record.relaunches.push(options.args ?? process.argv.slice(1));
  }

  enableSandbox(): void {}

  disableHardwareAcceleration(): void {
    if (this.isReady()) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    this.#switches.set('disable-gpu', '');
  }

  isHardwareAccelerationEnabled(): boolean {
    return !this.#switches.has('disable-gpu');
  }

  getGPUFeatureStatus(): Electron.GPUFeatureStatus {
    return as<Electron.GPUFeatureStatus>({
      gpu_compositing: this.isHardwareAccelerationEnabled() ? 'enabled' : 'disabled_software',
    });
  }

  getAppMetrics(): Electron.ProcessMetric[] {
    const memory = process.memoryUsage().rss / 1024;
    return [
      as<Electron.ProcessMetric>({
        pid: process.pid,
        type: 'Browser',
        memory: { workingSetSize: memory, peakWorkingSetSize: memory },
      }),
    ];
  }

  #finishQuit(): void {
    if (this.#isPrevented('will-quit')) this.#state = 'ready';
    else this.exit(0);
  }

  #isPrevented(name: string): boolean {
    const event = preventable();
    this.emit(name, event);
    return event.defaultPrevented;
  }
}
classStandsFor('app', StandInApp);

/** How this process was started. */
export const commandLine = readCommandLine(process.argv.slice(2));

/** As in Electron, there is one, and it begins when the module is loaded. */
export const app = new StandInApp(commandLine);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
