import path from 'node:path';

/** How the system starts the app again: the program, and what stands on its command line. */
export interface StartCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** On the command line of a start that shows no window: only the tray, until somebody asks for more. */
export const hiddenArgument = '--hidden';

/** What to know about the running program to start it again. */
export interface RunningProgram {
  readonly execPath: string;
  /** Of a checkout, which Electron is handed as its first argument; `null` where the program is packaged. */
  readonly checkout: string | null;
  /** `APPIMAGE` of the environment: the file that was double-clicked, where the program runs out of one. */
  readonly appImage: string | undefined;
}

/** The command that starts the app at login. */
export function loginCommand(running: RunningProgram, isHidden: boolean): StartCommand {
  const hidden = isHidden ? [hiddenArgument] : [];
  if (running.checkout !== null) return { program: running.execPath, args: [running.checkout, ...hidden] };
  return { program: running.appImage ?? running.execPath, args: hidden };
}

/** Where the desktops of Linux look for what to start (XDG autostart specification 0.5). */
export function autostartFile(environment: NodeJS.ProcessEnv, home: string): string {
  const configured = environment.XDG_CONFIG_HOME;
  const base = configured && path.isAbsolute(configured) ? configured : path.join(home, '.config');
  return path.join(base, 'autostart', 'nunba.desktop');
}

/** The file for that folder (Desktop Entry specification 1.5). */
export function autostartEntry({ program, args }: StartCommand): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    'Name=Nunba',
    'Comment=Chat with agents that run on your own computer',
    `Exec=${[program, ...args].map(quoted).join(' ')}`,
    'Icon=nunba',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** An entry with the command of another; whatever else its owner changed in it stays. */
export function withCommandOf(entry: string, other: string): string {
  const [command] = other.match(/^Exec=.*$/m) ?? [];
  return command === undefined ? entry : entry.replace(/^Exec=.*$/m, () => command);
}

/**
 * One argument of `Exec`: within quotes, where the characters of a shell are escaped, `%` doubled so that it is no field
 * code, and every backslash doubled again because the value is a string of the file.
 */
function quoted(argument: string): string {
  const escaped = argument.replaceAll(/[\\"`$]/g, '\\$&').replaceAll('%', '%%');
  return `"${escaped.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`;
}
