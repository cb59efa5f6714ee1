import { nativeTheme } from 'electron';
import type { NodeLink } from '../node/node-link.ts';
import type { ShellSettings } from './shell-settings.ts';

/** The system's own parts of the app (menus, dialogs, the window's first colour) take the theme of the page. */
export function followTheme(settings: ShellSettings): void {
  settings.watch(({ theme }) => {
    nativeTheme.themeSource = theme;
  });
}

/** Keeps what the node says of theme and language, whose word is the truth, for the time before it answers. */
export function mirrorNodeSettings(link: Pick<NodeLink, 'watch'>, settings: ShellSettings): void {
  link.watch('settings.watch', {}, { next: ({ theme, language }) => settings.remember({ theme, language }) });
}
