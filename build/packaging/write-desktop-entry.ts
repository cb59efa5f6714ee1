import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { z } from 'zod';

/** electron-builder's own part that makes what Linux desktops read; it is not among its public exports. */
interface LinuxTargetHelper {
  computeDesktopEntry(options: unknown): Promise<string>;
  readonly mimeTypeFiles: Promise<string | null>;
}
const moduleSchema = z.object({
  LinuxTargetHelper: z.custom<new (packager: unknown) => LinuxTargetHelper>((value) => typeof value === 'function'),
});

/** Names of what the hook leaves in the output folder. */
export const desktopEntryFile = 'nunba.desktop';
export const mimeTypesFile = 'nunba-mime.xml';

/**
 * A hook of electron-builder for `dist:check` alone: writes the desktop entry and MIME types that a deb would hold,
 * because making the deb itself needs a download.
 */
export async function afterExtract({ packager, outDir }: AfterPackContext): Promise<void> {
  const fromHere = createRequire(import.meta.url);
  const { LinuxTargetHelper } = moduleSchema.parse(fromHere('app-builder-lib/out/targets/LinuxTargetHelper'));
  const helper = new LinuxTargetHelper(packager);
  const entry = await helper.computeDesktopEntry({ ...packager.config.linux, ...packager.config.deb });
  fs.writeFileSync(path.join(outDir, desktopEntryFile), entry);
  const mimeTypes = await helper.mimeTypeFiles;
  if (mimeTypes !== null) fs.copyFileSync(mimeTypes, path.join(outDir, mimeTypesFile));
}
