import type { RelaunchOptions } from 'electron';
import { hiddenArgument } from '../settings/login-entry.ts';
import { type Arrival, withoutArrivals } from './arrival.ts';

/** What a start was made with. */
export interface PresentStart {
  /** Without the program's own name. */
  readonly args: readonly string[];
  /** What relative names are relative to. */
  readonly folder: string;
  /** The file that `APPIMAGE` names: the program itself lies in a folder that is gone once the app has ended. */
  readonly appImage: string | undefined;
}

/**
 * How the app is started once more for what came while it ended: as before, but with its window, and with nothing to
 * open but that. Behind `--` Chromium reads no switches, whatever a link is made of.
 */
export function startAgainOptions({ args, folder, appImage }: PresentStart, late: readonly Arrival[]): RelaunchOptions {
  const kept = withoutArrivals(args, folder).filter((text) => text !== hiddenArgument && text !== '--');
  const opened = late.map((arrival) => (arrival.kind === 'link' ? arrival.address : arrival.path));
  return {
    args: [...kept, ...(opened.length > 0 ? ['--', ...opened] : [])],
    ...(appImage ? { execPath: appImage } : {}),
  };
}
