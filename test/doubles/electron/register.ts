import { registerHooks } from 'node:module';

/**
 * Loaded before the shell's main module (`node --import`): lets plain Node run it, with Chromium as its window. What
 * runs so is the shell's own code; what it proves about Electron itself (sandbox, `app:` origin, real ports) is nothing.
 */
const url = new URL('./electron-module.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});
