import { registerHooks } from 'node:module';
import process from 'node:process';
import { electronVersion } from './versions.ts';

/**
 * Loaded before everything (`node --import`): lets plain Node run the shell's own code, with Chromium as its window.
 * What that proves about Electron itself (sandbox, `app:` origin, real ports) is nothing.
 */
const url = new URL('./electron-module.ts', import.meta.url).href;
const names = ['electron', 'electron/main', 'electron/common'];

registerHooks({
  resolve: (specifier, context, next) =>
    names.includes(specifier) ? { url, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});
Object.defineProperty(process, 'versions', {
  value: { ...process.versions, electron: electronVersion, chrome: 'stand-in' },
});
Object.defineProperty(process, 'type', { value: 'browser' });
Object.defineProperty(process, 'defaultApp', { value: true });
Object.defineProperty(process, 'resourcesPath', {
  value: process.env.STAND_IN_RESOURCES ?? process.cwd(),
  writable: true,
});
