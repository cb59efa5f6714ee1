/**
 * Whether electron-updater has started a new AppImage only so that it settles in, while the old app ends: it is to end
 * at once.
 */
export const isInstallOnly = (environment: NodeJS.ProcessEnv): boolean =>
  (environment.APPIMAGE_EXIT_AFTER_INSTALL ?? '') !== '';
