import type { ShellCallHandlers } from '../../node-core/api/shell-contract.ts';
import { desktopSettingsSchema } from '../../node-core/api/shell-views.ts';
import type { ShellState } from '../shell/shell-state.ts';
import type { OpenedSettings } from './open-settings.ts';
import type { ShellSettings } from './shell-settings.ts';

/** Answers the page's changes of the desktop app's own settings. No host is ever trusted because a page says so. */
export function settingsHandlers(settings: ShellSettings): Pick<ShellCallHandlers, 'settings.update'> {
  return {
    'settings.update': ({ trustedHosts, ...change }) => {
      const kept = trustedHosts && settings.get().trustedHosts.filter((host) => trustedHosts.includes(host));
      settings.update({ ...change, trustedHosts: kept });
      return {};
    },
  };
}

/** Keeps the settings in the shell's view, and says there how their file was found. */
export function showSettings(state: ShellState, { settings, notices }: OpenedSettings): void {
  settings.watch((value) => state.update({ settings: desktopSettingsSchema.parse(value) }));
  for (const notice of notices) state.notify(notice);
}
