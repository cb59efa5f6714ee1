import type { NodeState } from '../../node-core/protocol/node-state.ts';

/** What the choice of a picture hangs on. */
export interface TrayPanel {
  readonly platform: string;
  /** Whether the panel that the picture stands in is dark. macOS colours templates by itself. */
  readonly isDark: boolean;
}

/**
 * File of the tray's picture for a state, below `dist/icons/tray`, where the build draws them (`build/icons`):
 *
 * - `windows/<state>.png` (16 px) and `linux/<state>.png` (24 px): dark strokes, for light panels; `<state>-light.png`:
 *   light strokes, for dark panels;
 * - `macos/<state>Template.png` (16 px): black on transparent.
 *
 * Electron finds `@2x` and the other scales beside the file by itself. Each state has a shape of its own, so that a
 * template without colour says the same (interface.md, Tray).
 */
export function trayIconFile(state: NodeState, { platform, isDark }: TrayPanel): string {
  if (platform === 'darwin') return `macos/${state}Template.png`;
  return `${platform === 'win32' ? 'windows' : 'linux'}/${state}${isDark ? '-light' : ''}.png`;
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
