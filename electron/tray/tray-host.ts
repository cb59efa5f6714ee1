/** Runs a program without a shell and gives what it printed; rejects when it fails, is not there, or takes too long. */
export type RunProgram = (file: string, args: readonly string[]) => Promise<string>;

/** Whether this desktop shows trays; `none` also where nobody could tell. */
export type TrayPresence = 'shown' | 'none';

/** Resolves after a time, ms. */
export type Wait = (ms: number) => Promise<unknown>;

/**
 * After how long the bus is asked again, ms; half a minute in all. What starts at login may be faster than the panel that
 * shows its icon.
 */
const asksAgainAfterMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const;

const watcher = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const isHosted = 'IsStatusNotifierHostRegistered';
const readProperty = 'org.freedesktop.DBus.Properties.Get';

/** The same question in the words of each program that can ask the session bus. */
const questions: readonly (readonly [file: string, ...args: readonly string[]])[] = [
  [
    'dbus-send',
    '--session',
    '--print-reply',
    `--dest=${watcher}`,
    watcherPath,
    readProperty,
    `string:${watcher}`,
    `string:${isHosted}`,
  ],
  [
    'gdbus',
    'call',
    '--session',
    '--dest',
    watcher,
    '--object-path',
    watcherPath,
    '--method',
    readProperty,
    watcher,
    isHosted,
  ],
  ['busctl', '--user', 'get-property', watcher, watcherPath, watcher, isHosted],
];

/**
 * Finds out whether somebody shows trays. Windows and macOS always do. On Linux Electron puts its icon on the session bus
 * whether or not anybody looks, so the bus is asked for a host (freedesktop.org, StatusNotifierItem). The name of the
 * desktop proves nothing: GNOME has trays with an extension and none without. Where nobody answers there is none: then
 * closing the window quits, which loses nothing, while an icon that nobody sees would.
 */
async function findTrayHost(platform: string, run: RunProgram): Promise<TrayPresence> {
  if (platform !== 'linux') return 'shown';
  for (const [file, ...args] of questions) {
    const answer = await run(file, args).catch(() => null);
    if (answer !== null) return /\btrue\b/.test(answer) ? 'shown' : 'none';
  }
  return 'none';
}

/** As `findTrayHost`, which is asked again for half a minute before there is none. */
export async function awaitTrayHost(platform: string, run: RunProgram, wait: Wait): Promise<TrayPresence> {
  for (const ms of asksAgainAfterMs) {
    if ((await findTrayHost(platform, run)) === 'shown') return 'shown';
    await wait(ms);
  }
  return findTrayHost(platform, run);
}
