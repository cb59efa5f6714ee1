/** Runs a program without a shell and gives what it printed; rejects when it fails, is not there, or takes too long. */
export type RunProgram = (file: string, args: readonly string[]) => Promise<string>;

/** Whether this desktop shows trays; `none` also where nobody could tell. */
export type TrayPresence = 'shown' | 'none';

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
export async function findTrayHost(platform: string, run: RunProgram): Promise<TrayPresence> {
  if (platform !== 'linux') return 'shown';
  for (const [file, ...args] of questions) {
    const answer = await run(file, args).catch(() => null);
    if (answer !== null) return /\btrue\b/.test(answer) ? 'shown' : 'none';
  }
  return 'none';
}
