import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type EngineGpu, gpuSchema } from '../engine/engine-messages.ts';

/** The last file that is written, so that what holds it is whole. */
const markName = 'engine.json';
const markSchema = z.object({ version: z.string(), gpu: gpuSchema });

/** Where a version of the engine lies, once it is whole. */
export const engineFolder = (root: string, version: string): string => path.join(root, version);

/** What a folder's engine computes with; `null`: there is no whole engine of that version. */
export function readInstalledGpu(root: string, version: string): EngineGpu | null {
  try {
    const text = fs.readFileSync(path.join(engineFolder(root, version), markName), 'utf8');
    const mark = markSchema.parse(JSON.parse(text));
    return mark.version === version ? mark.gpu : null;
  } catch {
    return null;
  }
}

/** Marks the engine in `folder` as whole. */
export function markInstalled(folder: string, mark: z.infer<typeof markSchema>): void {
  const file = fs.openSync(path.join(folder, markName), 'w', 0o600);
  try {
    fs.writeSync(file, `${JSON.stringify(mark)}\n`);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}
