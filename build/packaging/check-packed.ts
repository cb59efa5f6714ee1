import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { z } from 'zod';
import { planTrayImages } from '../icons/tray-plan.ts';
import { fuses } from './fuses.ts';
import type { PackedProgram } from './pack-dummy.ts';
import { findLeaks, judgePackedFiles, sqliteBinaries } from './packed-files.ts';
import {
  asarHash,
  asarOf,
  embeddedHash,
  folderBytes,
  listAsar,
  listUnpacked,
  readInfoPlist,
  readPackedText,
  readWindowsResources,
} from './read-packed.ts';

/** One thing that was looked at. */
export interface PackageCheck {
  readonly name: string;
  /** Sentences; none: all is well. */
  readonly problems: readonly string[];
}

/** Without Electron itself (architecture.md, issue 3). */
const mostBytes = 60 * 1024 * 1024;
/** Icons and icon groups, as Windows numbers the types of resources. */
const windowsIconGroup = 14;

/** Everything that can be seen in a packed program without starting it. */
export async function checkPacked(root: string, packed: PackedProgram): Promise<readonly PackageCheck[]> {
  const asar = asarOf(packed);
  const files = listAsar(asar);
  return [
    { name: 'only files of the allow-list, and all that are needed', problems: judgePackedFiles(files, packed.target) },
    {
      name: 'only the SQLite binary of the target stands outside of app.asar',
      problems: differs(listUnpacked(asar, files), sqliteBinaries(packed.target)),
    },
    { name: 'every fuse is set', problems: await checkFuses(packed.program) },
    { name: 'the program knows the hash of app.asar', problems: checkIntegrity(root, packed) },
    { name: 'no secret, source map or path of this machine', problems: checkLeaks(root, asar, files) },
    { name: 'package.json is stripped and starts the shell', problems: checkManifest(asar, files) },
    { name: 'icons of the tray and the app', problems: checkIcons(root, packed, files) },
    { name: `at most ${mostBytes / 1024 / 1024} MB without Electron`, problems: checkSize(packed) },
  ];
}

function differs(found: readonly string[], wanted: readonly string[]): readonly string[] {
  return [...found].sort().join() === [...wanted].sort().join() ? [] : [`found ${found.join(', ') || 'none'}`];
}

async function checkFuses(program: string): Promise<readonly string[]> {
  const wire = await getCurrentFuseWire(program);
  const options = Object.values(FuseV1Options).filter((option) => typeof option === 'number');
  return options.flatMap((option) => {
    const wanted = fuses[option] ? FuseState.ENABLE : FuseState.DISABLE;
    return wire[option] === wanted ? [] : [`${FuseV1Options[option]} is ${FuseState[wire[option] ?? 0] ?? 'absent'}`];
  });
}

function checkIntegrity(root: string, packed: PackedProgram): readonly string[] {
  const embedded = embeddedHash(root, packed);
  const actual = asarHash(asarOf(packed));
  return embedded === null || embedded === actual ? [] : [`the program says ${embedded}, app.asar has ${actual}`];
}

function checkLeaks(root: string, asar: string, files: readonly string[]): readonly string[] {
  const machinePaths = [root, os.homedir()].filter((folder) => folder.split(path.sep).filter(Boolean).length >= 2);
  return files
    .filter((file) => /\.(?:[cm]?js|json|md|html|css|svg)$/.test(file))
    .flatMap((file) => findLeaks(readPackedText(asar, file), machinePaths).map((leak) => `${file}: ${leak}`));
}

const manifestSchema = z.object({
  name: z.literal('nunba'),
  version: z.string(),
  main: z.string(),
  scripts: z.undefined().optional(),
  dependencies: z.null().optional(),
  devDependencies: z.null().optional(),
  optionalDependencies: z.null().optional(),
});

function checkManifest(asar: string, files: readonly string[]): readonly string[] {
  const manifest = manifestSchema.safeParse(JSON.parse(readPackedText(asar, 'package.json')));
  if (!manifest.success) return manifest.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
  return files.includes(manifest.data.main) ? [] : [`${manifest.data.main} is not packed`];
}

function checkIcons(root: string, packed: PackedProgram, files: readonly string[]): readonly string[] {
  const missing = planTrayImages()
    .map(({ file }) => `dist/icons/tray/${file}`)
    .filter((file) => !files.includes(file));
  return [...missing.map((file) => `${file} is missing`), ...checkProgramIcon(root, packed)];
}

function checkProgramIcon(root: string, packed: PackedProgram): readonly string[] {
  const { system } = packed.target;
  if (system === 'linux') {
    const sizes = fs.readdirSync(path.join(root, 'dist', 'icons', 'app'));
    return sizes.includes('256x256.png') && sizes.includes('512x512.png') ? [] : ['the icon set is not complete'];
  }
  if (system === 'win') {
    const groups = readWindowsResources(root, packed).filter(({ type }) => type === windowsIconGroup);
    return groups.length > 0 ? [] : ['the program has no icon'];
  }
  const info = z.object({ CFBundleIconFile: z.string() }).parse(readInfoPlist(root, packed));
  return [info.CFBundleIconFile, 'link-file.icns']
    .filter((file) => !fs.existsSync(path.join(packed.resources, file)))
    .map((file) => `${file} is missing`);
}

function checkSize({ resources }: PackedProgram): readonly string[] {
  const bytes = folderBytes(resources);
  return bytes <= mostBytes ? [] : [`${(bytes / 1024 / 1024).toFixed(1)} MB`];
}
