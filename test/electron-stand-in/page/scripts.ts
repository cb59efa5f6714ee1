import fs from 'node:fs';
import { createCodec, createKinds } from './codec.ts';
import { createCrossing } from './crossing.ts';
import { installLinks, installMainWorld, installPermissions } from './main-world.ts';
import { createPageIpc, installPreloadWorld, type PreloadBoot } from './preload-world.ts';

/** The name of the world that the preload script has to itself, as Electron calls it. */
export const preloadWorld = 'Electron Isolated Context';

/** What runs in the page's own world; in its top frame only. */
export function mainWorldScript(key: string): string {
  const name = JSON.stringify(key);
  return `(() => {
    if (window !== window.top) return;
    ${[createCrossing, installPermissions, installLinks, installMainWorld].join('\n')}
    installMainWorld(${name}, createCrossing(${name}, 'main'));
  })();`;
}

/** What runs in the preload's world. Throws where the preload script cannot be read. */
export function preloadWorldScript(boot: PreloadBoot): string {
  const preload = boot.file ? fs.readFileSync(boot.file, 'utf8') : '';
  return `(() => {
    if (window !== window.top) return;
    ${[createKinds, createCodec, createCrossing, createPageIpc, installPreloadWorld].join('\n')}
    const boot = ${JSON.stringify(boot)};
    const runPreload = (require, process, module = { exports: {} }, exports = module.exports) => {
${preload}
    };
    installPreloadWorld(boot, createPageIpc(boot, createCodec(createKinds())), createCrossing(boot.key, 'preload'), runPreload);
  })();`;
}
