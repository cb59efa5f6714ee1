import { app } from 'electron';
import type { ShellSettings } from '../settings/shell-settings.ts';
import type { ShellState } from '../shell/shell-state.ts';
import { createRepeatRule, drawsInSoftware, graphicsCrashWindowMs, isCrash } from './crash-rules.ts';

/** Starts without the graphics processor where it failed repeatedly before. Before the app is ready. */
export function chooseGraphics(settings: ShellSettings): void {
  if (drawsInSoftware(settings.get().graphicsOffIn, app.getVersion())) app.disableHardwareAcceleration();
}

/** Chromium starts its graphics process again by itself; one that fails twice is left out at the next start. */
export function watchGraphics(settings: ShellSettings, notices: Pick<ShellState, 'notify'>): void {
  const isRepeated = createRepeatRule(graphicsCrashWindowMs);
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (type !== 'GPU' || !isCrash(reason)) return;
    console.error(`The graphics process is gone: ${reason} (${exitCode}).`);
    if (!isRepeated(performance.now())) return;
    settings.remember({ graphicsOffIn: app.getVersion() });
    notices.notify({ kind: 'graphics-off' });
  });
}
