import { defaultDesktopSettings, type ShellView, shellViewSchema } from '../../node-core/api/shell-views.ts';

/** What the shell shows before anything has happened. Systems that Nunba does not ship for count as Linux. */
export function firstView(platform: string, now: number): ShellView {
  return {
    platform: shellViewSchema.shape.platform.catch('linux').parse(platform),
    runtime: { kind: 'starting', since: now },
    settings: defaultDesktopSettings,
    tray: 'not-yet',
    update: { kind: 'off' },
    linkedChat: null,
    linkedJoin: null,
    notices: [],
  };
}
