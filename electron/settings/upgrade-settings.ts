import { z } from 'zod';

/** One step from a version to the next. `from` is that version as it was; it never changes again. */
interface UpgradeStep {
  readonly from: z.ZodType;
  readonly upgrade: (settings: unknown) => unknown;
}

const theme = z.enum(['system', 'light', 'dark']);
const bounds = z.object({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() });

/** Flat: one key each, and the window as four numbers that may be missing. */
const version1 = z.object({
  version: z.literal(1),
  startAtLogin: z.boolean().default(false),
  closeToTray: z.boolean().default(false),
  theme: theme.default('system'),
  windowX: z.number().optional(),
  windowY: z.number().optional(),
  windowWidth: z.number().positive().optional(),
  windowHeight: z.number().positive().optional(),
});

/** The window as one value; notifications as one switch; an update channel. */
const version2 = z.object({
  version: z.literal(2),
  startAtLogin: z.boolean(),
  startHidden: z.boolean(),
  closeToTray: z.boolean(),
  theme,
  notify: z.boolean(),
  updateChannel: z.enum(['stable', 'beta']),
  window: z.object({ bounds: bounds.nullable(), isMaximized: z.boolean() }),
});

/** Notifications without those of a hive; everything else as it is kept now. */
const version3 = z.looseObject({
  version: z.literal(3),
  notifications: z.object({ answers: z.boolean(), health: z.boolean(), updates: z.boolean() }),
});

/** From version 1 on, in order; step `n - 1` leads from version `n` to `n + 1`. A sample of each is kept with the tests. */
export const upgradeSteps: readonly UpgradeStep[] = [
  step(version1, (old): z.infer<typeof version2> => {
    const found = bounds.safeParse({
      x: old.windowX,
      y: old.windowY,
      width: old.windowWidth,
      height: old.windowHeight,
    });
    return {
      version: 2,
      startAtLogin: old.startAtLogin,
      startHidden: false,
      closeToTray: old.closeToTray,
      theme: old.theme,
      notify: true,
      updateChannel: 'stable',
      window: { bounds: found.success ? found.data : null, isMaximized: false },
    };
  }),
  step(version2, ({ notify, window, ...kept }) => ({
    ...kept,
    version: 3,
    language: 'system',
    notifications: { answers: notify, health: notify, updates: notify },
    window: { bounds: window.bounds && rounded(window.bounds), isMaximized: window.isMaximized, zoom: 0 },
    graphicsOffIn: null,
    trustedHosts: [],
    // Who chose to keep it in the tray needs not be asked whether to.
    remembered: { askedCloseToTray: kept.closeToTray, toldNoTray: false },
  })),
  // Who wanted to hear of trouble wants to hear of the hive.
  step(version3, ({ notifications, ...kept }) => ({
    ...kept,
    version: 4,
    notifications: { ...notifications, hive: notifications.health },
  })),
];

function step<From extends z.ZodType>(from: From, upgrade: (settings: z.output<From>) => unknown): UpgradeStep {
  return { from, upgrade: (settings) => upgrade(from.parse(settings)) };
}

const rounded = (place: z.infer<typeof bounds>): z.infer<typeof bounds> => ({
  x: Math.round(place.x),
  y: Math.round(place.y),
  width: Math.max(1, Math.round(place.width)),
  height: Math.max(1, Math.round(place.height)),
});
