import { dialog } from 'electron';
import { DayLog } from './day-log.ts';
import { logLine } from './log-line.ts';

/** Together with the node's own 16 MiB the logs stay below 50 MB. */
const limits = { keepDays: 7, maxBytesPerDay: 4 * 1024 * 1024 } as const;

/** The shell's log. */
export interface ShellLog {
  readonly folder: string;
  /** What the node prints; it has a log of its own, but what it says before that is there stands only here. */
  print(text: string): void;
}

/**
 * Keeps in files in `folder` what the main process says, which has no terminal in an installed app; and shows an error
 * that nobody caught, once per start.
 */
export function keepLog(folder: string): ShellLog {
  const log = new DayLog({ folder, now: Date.now, ...limits });
  console.warn = both(console.warn.bind(console), log);
  console.error = both(console.error.bind(console), log);
  // A terminal that has gone is no reason to end, and none to log; each write to it would be another error.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  watchUncaught();
  return {
    folder,
    print(text) {
      process.stderr.write(text);
      for (const line of text.split('\n')) if (line.trim() !== '') log.write(`node: ${logLine([line])}`);
    },
  };
}

function both(say: (...values: unknown[]) => void, log: DayLog): (...values: unknown[]) => void {
  return (...values) => {
    say(...values);
    log.write(logLine(values));
  };
}

function watchUncaught(): void {
  let isShown = false;
  const take = (error: unknown): void => {
    console.error('Something went wrong that should not have:', error);
    if (isShown) return;
    isShown = true;
    dialog.showErrorBox(
      'Something went wrong in Nunba',
      'Your chats are safe. If Nunba does not do what it should, quit it and start it again. “Help > Save diagnostics” keeps what happened.',
    );
  };
  process.on('uncaughtException', take);
  process.on('unhandledRejection', take);
}
