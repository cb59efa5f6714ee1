import path from 'node:path';
import { flipFuses } from '@electron/fuses';
import type { AfterPackContext } from 'electron-builder';
import { fuses } from './fuses.ts';

/**
 * electron-builder's hook (`afterPack` in electron-builder.yml): burns the fuses, before anything is signed. Not left
 * to `electronFuses` there, because electron-builder 26 has no name for the newest fuse.
 */
export async function afterPack({ appOutDir, electronPlatformName, packager }: AfterPackContext): Promise<void> {
  await flipFuses(path.join(appOutDir, programFile(electronPlatformName, packager)), fuses);
}

function programFile(platform: string, { appInfo }: AfterPackContext['packager']): string {
  if (platform === 'win32') return `${appInfo.productFilename}.exe`;
  if (platform === 'darwin') return `${appInfo.productFilename}.app`;
  return 'nunba'; // linux.executableName
}
