import path from 'node:path';
import { syncFolder } from '../../../platform/atomic-file.ts';
import type { FileChange } from '../../../protocol/hands/deed.ts';
import { ToolRefusal } from '../../tools/tool.ts';
import { factsOf } from '../disk/file-state.ts';
import type { Files } from '../disk/files.ts';
import type { Found, Reach } from '../reach/reach.ts';
import type { Step } from './perform-steps.ts';

/** Most folders that are made on the way to one file: a person reads each of them. */
const mostMissing = 50;

/** The deepest folder around a place that is there, and those between that are not, the outermost first. */
export interface Surroundings {
  readonly deviceId: bigint;
  readonly missing: readonly string[];
}

/** Looks at the folders around a place. Throws a ToolRefusal where one of them is a file. */
export async function surroundingsOf(files: Files, { path: place, shown }: Found): Promise<Surroundings> {
  const missing: string[] = [];
  for (let folder = path.dirname(place); ; folder = path.dirname(folder)) {
    const facts = await factsOf(files, folder);
    if (facts?.isDirectory()) return { deviceId: facts.dev, missing };
    if (facts || path.dirname(folder) === folder) {
      throw new ToolRefusal(`“${shown}” would be in something that is no folder.`);
    }
    missing.unshift(folder);
    if (missing.length > mostMissing)
      throw new ToolRefusal(`“${shown.slice(0, 300)}” is too deep below what is there.`);
  }
}

export const folderChange = (folder: string): FileChange => ({ kind: 'make-folder', path: folder });

/** Makes one folder, whose own folder is there by then. */
export const folderStep = (files: Files, reach: Reach, folder: string, shown: string): Step => ({
  label: `made the folder ${shown}`,
  prepare: async () => ({
    effect: { kind: 'make-folder', path: folder },
    act: async () => {
      await reach.requireSame({ path: folder, shown });
      await files.mkdir(folder);
      await syncFolder(path.dirname(folder), files);
    },
  }),
});
