/** The shapes of the tray, one SVG each in `resources/icons/tray`; interface.md "Tray" says when each is shown. */
export const trayStates = ['flat', 'joining', 'healthy', 'degraded', 'attention', 'paused', 'halted'] as const;
export type TrayState = (typeof trayStates)[number];

/** One picture of the tray that the build makes. */
export interface TrayImage {
  /** Below `dist/icons/tray`. */
  readonly file: string;
  readonly state: TrayState;
  /** CSS colour of the shape. */
  readonly color: string;
  /** Edge in pixels. */
  readonly sizePx: number;
}

/** Sizes of one picture, in the names that Electron's `nativeImage.createFromPath` chooses from by itself. */
const windowsScales = { '': 16, '@1.25x': 20, '@1.5x': 24, '@2x': 32, '@2.5x': 40, '@3x': 48, '@4x': 64 };
/** The menu bar gives 22 points of height, the glyph takes 16. */
const menuBarScales = { '': 16, '@2x': 32, '@3x': 48 };
/** Panels scale what they are handed to about 24 px; a picture of 16 would be blurred. */
const panelScales = { '': 24, '@1.5x': 36, '@2x': 48, '@3x': 72 };

type Scales = Readonly<Record<string, number>>;
type Meaning = 'neutral' | 'good' | 'warning' | 'bad';

const meanings: Readonly<Record<TrayState, Meaning>> = {
  flat: 'neutral',
  joining: 'neutral',
  healthy: 'good',
  degraded: 'warning',
  attention: 'bad',
  paused: 'neutral',
  halted: 'bad',
};

/** What stands out from a dark panel and from a light one, after the page's tokens for the same meanings. */
const lightStrokes: Readonly<Record<Meaning, string>> = {
  neutral: '#ffffff',
  good: '#5ecb93',
  warning: '#f0b849',
  bad: '#ff6f61',
};
const darkStrokes: Readonly<Record<Meaning, string>> = {
  neutral: '#1f2328',
  good: '#177245',
  warning: '#965600',
  bad: '#b42318',
};
/** macOS reads only how opaque a template image is. */
const template = '#000000';

/**
 * Every picture of the tray, each in all scales: `windows/<state>` and `linux/<state>` with dark strokes for light
 * panels, `<state>-light` with light strokes for dark ones, and `macos/<state>Template`.
 */
export function planTrayImages(): readonly TrayImage[] {
  return [
    ...planFamily('windows/', '', windowsScales, (meaning) => darkStrokes[meaning]),
    ...planFamily('windows/', '-light', windowsScales, (meaning) => lightStrokes[meaning]),
    ...planFamily('linux/', '', panelScales, (meaning) => darkStrokes[meaning]),
    ...planFamily('linux/', '-light', panelScales, (meaning) => lightStrokes[meaning]),
    ...planFamily('macos/', 'Template', menuBarScales, () => template),
  ];
}

function planFamily(
  folder: string,
  suffix: string,
  scales: Scales,
  colorOf: (meaning: Meaning) => string,
): readonly TrayImage[] {
  return trayStates.flatMap((state) =>
    Object.entries(scales).map(([scale, sizePx]) => ({
      file: `${folder}${state}${suffix}${scale}.png`,
      state,
      color: colorOf(meanings[state]),
      sizePx,
    })),
  );
}
