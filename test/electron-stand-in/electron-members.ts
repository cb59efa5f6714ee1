// biome-ignore-all lint/performance/noBarrelFile: it stands for the module `electron`, which is one.
/** The members of the module `electron` as the stand-in has them; `standIn` is what a test may look at. */
export { app, commandLine } from './app.ts';
export { autoUpdater } from './auto-updater.ts';
export { BrowserWindow, webContents } from './browser-window.ts';
export { crashReporter } from './crash-reporter.ts';
export { clipboard, shell } from './desktop.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu, MenuItem } from './menu.ts';
export { MessageChannelMain, StandInPort as MessagePortMain } from './message-ports.ts';
export { nativeImage } from './native-image.ts';
export { nativeTheme } from './native-theme.ts';
export { net } from './net.ts';
export { Notification } from './notification.ts';
export { powerMonitor, powerSaveBlocker } from './power-monitor.ts';
export { record as standIn } from './record.ts';
export { safeStorage } from './safe-storage.ts';
export { protocol } from './schemes.ts';
export { screen } from './screen.ts';
export { session } from './session.ts';
export { Tray } from './tray.ts';
export { utilityProcess } from './utility-process.ts';
