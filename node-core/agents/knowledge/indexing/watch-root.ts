import path from 'node:path';
import { watch } from 'chokidar';
import { isPassedOver } from '../text/file-kinds.ts';

/** What came of trying to watch a root. */
export interface RootWatch {
  /** `false`: the system has no more watches, or the root is too large; it is looked through now and then instead. */
  isWatching(): boolean;
  close(): Promise<void>;
}

export interface WatchOptions {
  readonly root: string;
  readonly excluded: string;
  /** Paths below the root, with slashes; `null`: more than can be named, or a folder came or went. */
  readonly onChange: (paths: ReadonlySet<string> | null) => void;
  /** It stopped, or never began, to watch. */
  readonly onEnd: () => void;
}

/** Quiet time after which changes are told, and the longest that they are held back, ms. */
const quietMs = 300;
const longestMs = 3000;
const mostPaths = 200;

/** Tells of changes below a root, gathered, until it is closed. Never throws. */
export function watchRoot(options: WatchOptions): RootWatch {
  let isWatching = true;
  const gathered = gather(options.onChange);
  const below = (place: string): string => path.relative(options.root, place).split(path.sep).join('/');
  const watcher = watch(options.root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    ignored: (place, stats) => place !== options.root && isIgnored(place, below(place), stats, options.excluded),
  });
  const end = (): void => {
    if (!isWatching) return;
    isWatching = false;
    void watcher.close().catch(() => undefined);
    options.onEnd();
  };
  watcher.on('all', (event, place) =>
    gathered.add(event === 'addDir' || event === 'unlinkDir' || place === options.root ? null : below(place)),
  );
  // ENOSPC, EMFILE: no watches left. Whatever else it is, the looks now and then find what it missed.
  watcher.on('error', end);
  return {
    isWatching: () => isWatching,
    close: async () => {
      isWatching = false;
      gathered.stop();
      await watcher.close();
    },
  };
}

const isIgnored = (
  place: string,
  below: string,
  stats: { isFile(): boolean; isDirectory(): boolean } | undefined,
  excluded: string,
): boolean => {
  if (place === excluded) return true;
  const names = below.split('/');
  return names.some((name, index) => isPassedOver(name, index < names.length - 1 || (stats?.isDirectory() ?? false)));
};

/** Holds changes back until there is a pause. */
const gather = (onChange: WatchOptions['onChange']) => {
  let paths: Set<string> | null = new Set();
  let quiet: NodeJS.Timeout | null = null;
  let firstAtMs = 0;
  const tell = (): void => {
    const told = paths !== null && paths.size > mostPaths ? null : paths;
    quiet = null;
    paths = new Set();
    onChange(told);
  };
  return {
    add(path: string | null): void {
      if (quiet === null) firstAtMs = performance.now();
      else clearTimeout(quiet);
      if (path === null) paths = null;
      else paths?.add(path);
      const left = firstAtMs + longestMs - performance.now();
      quiet = setTimeout(tell, Math.max(0, Math.min(quietMs, left)));
    },
    stop(): void {
      if (quiet !== null) clearTimeout(quiet);
      quiet = null;
    },
  };
};
