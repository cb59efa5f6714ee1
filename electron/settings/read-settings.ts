import { z } from 'zod';
import {
  defaultShellSettings,
  type ShellSettingsValue,
  settingsVersion,
  shellSettingsSchema,
} from './settings-schema.ts';
import { upgradeSteps } from './upgrade-settings.ts';

/** What the text of a settings file says. */
export type ReadSettings =
  | { readonly kind: 'read'; readonly settings: ShellSettingsValue; readonly isUpgraded: boolean }
  /** There is no file yet. */
  | { readonly kind: 'first' }
  /** No JSON, or not what its version says it is. */
  | { readonly kind: 'damaged' }
  /** A newer program wrote it; this one does not know what it means. */
  | { readonly kind: 'newer' };

const anyVersionSchema = z.looseObject({ version: z.number().int().min(1) });

/**
 * Reads the text of a settings file, of any version there was.
 * @param text `null` where there is no file
 */
export function readSettings(text: string | null): ReadSettings {
  if (text === null) return { kind: 'first' };
  const found = anyVersionSchema.safeParse(parseJson(text));
  if (!found.success) return { kind: 'damaged' };
  const { version } = found.data;
  if (version > settingsVersion) return { kind: 'newer' };
  let value: unknown = found.data;
  for (const step of upgradeSteps.slice(version - 1)) {
    const before = step.from.safeParse(value);
    if (!before.success) return { kind: 'damaged' };
    value = step.upgrade(before.data);
  }
  const settings = shellSettingsSchema.safeParse(value);
  if (!settings.success) return { kind: 'damaged' };
  return { kind: 'read', settings: settings.data, isUpgraded: version < settingsVersion };
}

/** The settings to go on with. */
export function settingsOf(read: ReadSettings): ShellSettingsValue {
  return read.kind === 'read' ? read.settings : defaultShellSettings;
}

function parseJson(text: string): unknown {
  try {
    // Editors of Windows put a mark before the text that JSON does not know.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
