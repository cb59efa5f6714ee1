// biome-ignore-all lint/performance/noBarrelFile: it stands for the module `electron`, which is one.
/** What the shell imports from `electron`, as the stand-in has it. */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog, Menu, nativeTheme, net, safeStorage, shell } from './desktop.ts';
export { ipcMain } from './ipc-main.ts';
export { MessageChannelMain } from './message-ports.ts';
export { powerMonitor } from './power-monitor.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utility-process.ts';
