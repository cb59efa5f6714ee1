import type { NodeState } from '../../node-core/protocol/node-state.ts';

/** What the choice of a picture hangs on. */
export interface TrayPanel {
  readonly platform: string;
  /** Whether the panel that the picture stands in is dark. macOS colours templates by itself. */
  readonly isDark: boolean;
}

/**
 * File name of the tray's picture for a state. The build draws them to `resources/icons/tray/`, one set for each state
 * of `node-state.ts` (flat, joining, healthy, degraded, attention, paused, halted):
 *
 * - Windows and Linux, 16 px and 32 px: `<state>.png`, `<state>@2x.png` (dark strokes, for light panels) and
 *   `<state>-light.png`, `<state>-light@2x.png` (light strokes, for dark panels);
 * - macOS, 16 px and 32 px, black on transparent: `<state>Template.png`, `<state>Template@2x.png`.
 *
 * Electron finds the `@2x` beside the file by itself. Each state has a shape of its own, so that a template without
 * colour says the same (interface.md, Tray).
 */
export function trayIconFile(state: NodeState, { platform, isDark }: TrayPanel): string {
  if (platform === 'darwin') return `${state}Template.png`;
  return isDark ? `${state}-light.png` : `${state}.png`;
}

/** Desktops whose panel is dark whatever the theme is (lower case, as they stand in XDG_CURRENT_DESKTOP). */
const darkPanels = ['gnome', 'unity', 'pantheon', 'x-cinnamon', 'budgie'];

/**
 * Whether the panel is likely dark. Windows says so itself; on Linux the desktop's habit decides before its theme,
 * because there is no way to ask.
 *
 * @param desktop XDG_CURRENT_DESKTOP, names separated by colons
 */
export function isPanelDark(platform: string, theme: { readonly isDark: boolean }, desktop: string): boolean {
  if (platform !== 'linux') return theme.isDark;
  const names = desktop.toLowerCase().split(':');
  return theme.isDark || names.some((name) => darkPanels.includes(name));
}
