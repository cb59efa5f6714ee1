import fs from 'node:fs';
import path from 'node:path';
import { type PackedSystem, writeDummyElectron } from './dummy-electron.ts';
import type { PackedTarget } from './packed-files.ts';
import { runElectronBuilder } from './run-electron-builder.ts';

/** A packed program whose Electron is a dummy. */
export interface PackedProgram {
  readonly target: PackedTarget;
  /** All that electron-builder made for this target. */
  readonly outFolder: string;
  /** What holds the fuses. */
  readonly program: string;
  /** The folder of app.asar. */
  readonly resources: string;
}

interface Layout {
  readonly program: string;
  readonly resources: string;
}

/** Packs one target into `outFolder`, which is made anew. Throws what electron-builder said if it fails. */
export async function packDummy(root: string, target: PackedTarget, outFolder: string): Promise<PackedProgram> {
  const { system, arch } = target;
  fs.rmSync(outFolder, { recursive: true, force: true });
  const dummy = path.join(outFolder, 'dummy-electron');
  writeDummyElectron(root, system, dummy);
  const hook = system === 'linux' ? ['-c.afterExtract=./build/packaging/write-desktop-entry.ts'] : [];
  const { exitCode, output } = await runElectronBuilder(
    root,
    [
      `--${system}`,
      'dir',
      `--${arch}`,
      `-c.electronDist=${dummy}`,
      `-c.directories.output=${outFolder}`,
      '-c.mac.identity=null', // also on a Mac that has a certificate
      ...hook,
    ],
    { suffix: '-unsigned', isShown: false },
  );
  if (exitCode !== 0) throw new Error(output);
  const { program, resources } = layoutOf(system, arch);
  return {
    target,
    outFolder,
    program: path.join(outFolder, program),
    resources: path.join(outFolder, resources),
  };
}

function layoutOf(system: PackedSystem, arch: PackedTarget['arch']): Layout {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  if (system === 'mac') {
    const app = `mac${suffix}/Nunba.app`;
    return { program: app, resources: `${app}/Contents/Resources` };
  }
  const folder = `${system}${suffix}-unpacked`;
  return { program: `${folder}/${system === 'win' ? 'Nunba.exe' : 'nunba'}`, resources: `${folder}/resources` };
}
