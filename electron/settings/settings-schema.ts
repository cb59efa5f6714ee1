import { z } from 'zod';
import { settingsSchema as nodeSettingsSchema } from '../../node-core/api/node-views.ts';
import { defaultDesktopSettings, desktopSettingsSchema } from '../../node-core/api/shell-views.ts';

/** The version of the settings file that this program writes; `upgrade-settings.ts` brings older ones here. */
export const settingsVersion = 4;

const pixel = z.number().int().min(-100_000).max(100_000);

/** A place on the screens, in pixels that do not depend on their scale. */
export const boundsSchema = z.object({ x: pixel, y: pixel, width: pixel.positive(), height: pixel.positive() });
export type Bounds = z.infer<typeof boundsSchema>;

/** Chromium's steps of zoom: each makes everything 1.2 times as large; 0 is 100 %. */
export const zoomLimits = { least: -3, most: 5 } as const;

const windowSettingsSchema = z.object({
  /** Where the window stood when it was not maximised; `null` before it was ever placed. */
  bounds: boundsSchema.nullable(),
  isMaximized: z.boolean(),
  zoom: z.number().min(zoomLimits.least).max(zoomLimits.most),
});

/** Everything that the desktop shell keeps for itself: one file, `settings.json`. No secret ever stands in it. */
export const shellSettingsSchema = desktopSettingsSchema.extend({
  version: z.literal(settingsVersion),
  /** As the node last said, for the time before it answers; its word is the truth. */
  theme: nodeSettingsSchema.shape.theme,
  language: nodeSettingsSchema.shape.language,
  window: windowSettingsSchema,
  /** The version of Nunba under which the graphics processor failed repeatedly, and is left alone; `null`: none. */
  graphicsOffIn: z.string().max(60).nullable(),
  /** What was asked or told once and is not repeated. */
  remembered: z.object({ askedCloseToTray: z.boolean(), toldNoTray: z.boolean() }),
});
export type ShellSettingsValue = z.infer<typeof shellSettingsSchema>;

export const defaultShellSettings: ShellSettingsValue = {
  version: settingsVersion,
  ...defaultDesktopSettings,
  theme: 'system',
  language: 'system',
  window: { bounds: null, isMaximized: false, zoom: 0 },
  graphicsOffIn: null,
  remembered: { askedCloseToTray: false, toldNoTray: false },
};
