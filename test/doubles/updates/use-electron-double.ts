import { registerHooks } from 'node:module';

const url = new URL('./electron-for-updater.ts', import.meta.url).href;

/** From now on, whatever this process loads finds the small double where it requires `electron`. */
export function useElectronDouble(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
  });
}
