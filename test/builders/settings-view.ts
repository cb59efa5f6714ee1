import type { CallArgument } from '../../node-core/api/contract.ts';
import { defaultSettings, type Settings, settingsSchema } from '../../node-core/api/node-views.ts';

/** What the settings are after a change of `before`. */
export function settingsAfter(part: CallArgument<'settings.update'>, before: Settings = defaultSettings): Settings {
  return settingsSchema.parse({ ...before, ...part });
}
