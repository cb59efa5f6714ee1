import path from 'node:path';

/** What is looked at to find a browser. */
export interface BrowserSearch {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isExecutable: (file: string) => boolean;
}

/** The program of a Chromium-family browser, or why there is none. */
export type FoundBrowser =
  | { readonly kind: 'found'; readonly file: string }
  | { readonly kind: 'none'; readonly reason: string };

const linuxNames = [
  'chromium',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
  'vivaldi',
  'vivaldi-stable',
  // Last, because on Ubuntu it may be a script that only recommends a package.
  'chromium-browser',
];
const linuxFiles = ['/snap/bin/chromium', '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge'];
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser', 'Vivaldi', 'Arc'];
const windowsFiles = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  'Vivaldi\\Application\\vivaldi.exe',
];
const windowsBases = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'];

/**
 * Finds a browser that can show one page as a window of its own (`--app`). `NUNBA_BROWSER` names one, by path or by
 * its name on the PATH; `none` wants none.
 */
export function findBrowser(search: BrowserSearch): FoundBrowser {
  const wanted = search.environment.NUNBA_BROWSER?.trim();
  if (wanted === 'none') return { kind: 'none', reason: 'NUNBA_BROWSER is none' };
  if (wanted) {
    const file = path.isAbsolute(wanted) ? [wanted] : onPath(wanted, search);
    return firstOf(file, search, `NUNBA_BROWSER names ${wanted}, which is not a program that can be run`);
  }
  return firstOf(candidates(search), search, 'no Chromium, Chrome, Edge, Brave or Vivaldi was found');
}

function firstOf(files: readonly string[], search: BrowserSearch, reason: string): FoundBrowser {
  const file = files.find(search.isExecutable);
  return file ? { kind: 'found', file } : { kind: 'none', reason };
}

function candidates(search: BrowserSearch): readonly string[] {
  const { platform, environment } = search;
  if (platform === 'win32') {
    const bases = windowsBases.flatMap((name) => environment[name] ?? []);
    return windowsFiles.flatMap((file) => bases.map((base) => path.win32.join(base, file)));
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', ...(environment.HOME ? [`${environment.HOME}/Applications`] : [])];
    return macApplications.flatMap((name) => folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  return [...linuxNames.flatMap((name) => onPath(name, search)), ...linuxFiles];
}

function onPath(name: string, { platform, environment }: BrowserSearch): readonly string[] {
  const isWindows = platform === 'win32';
  const folders = (environment.PATH ?? environment.Path ?? '').split(isWindows ? ';' : ':').filter(Boolean);
  const join = isWindows ? path.win32.join : path.posix.join;
  const names = isWindows && !name.toLowerCase().endsWith('.exe') ? [`${name}.exe`] : [name];
  return folders.flatMap((folder) => names.map((file) => join(folder, file)));
}
