/** What decides in which window Nunba opens. */
export interface LaunchFacts {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Electron's program, or `null` when it is not installed. */
  readonly electronFile: string | null;
  /** Why the last download failed, if that was today. */
  readonly failedToday: string | null;
  /** The person asked for the download. */
  readonly isFetchAsked: boolean;
}

/** The window to try, and why it is not Electron if it is not. */
export type ShellChoice =
  | { readonly kind: 'electron'; readonly file: string }
  | { readonly kind: 'fetch-electron' }
  | { readonly kind: 'browser'; readonly reason: string };

/** The words with which a person asks for the download again. */
export const fetchFlag = '--fetch-electron';

/** Electron wherever it can run, the browser shell elsewhere. */
export function chooseShell(facts: LaunchFacts): ShellChoice {
  const obstacle = obstacleToRunning(facts);
  if (obstacle) return { kind: 'browser', reason: obstacle };
  if (facts.electronFile) return { kind: 'electron', file: facts.electronFile };
  const objection = objectionToFetching(facts);
  return objection ? { kind: 'browser', reason: objection } : { kind: 'fetch-electron' };
}

/** What is known beforehand to keep Electron from starting. */
function obstacleToRunning({ platform, environment, isRoot }: LaunchFacts): string | null {
  if (platform !== 'linux') return null;
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'Electron needs a display, and there is none';
  if (isRoot) return 'Electron does not run as root';
  return null;
}

function objectionToFetching({ environment, failedToday, isFetchAsked }: LaunchFacts): string | null {
  if (environment.ELECTRON_OVERRIDE_DIST_PATH) return 'ELECTRON_OVERRIDE_DIST_PATH names a folder without Electron';
  if (isFetchAsked) return null;
  if (environment.ELECTRON_SKIP_BINARY_DOWNLOAD) {
    return 'Electron is not installed, and ELECTRON_SKIP_BINARY_DOWNLOAD forbids its download';
  }
  if (failedToday) {
    return `Electron is not installed, and its download failed today (${failedToday}); "npm start -- ${fetchFlag}" tries again`;
  }
  return null;
}
