import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { extractFile, getRawHeader, listPackage, statFile } from '@electron/asar';
import { z } from 'zod';
import { loadPlist, loadResEdit } from './builder-libraries.ts';
import type { PackedProgram } from './pack-dummy.ts';

/** app.asar of a packed program. */
export const asarOf = ({ resources }: PackedProgram): string => path.join(resources, 'app.asar');

/** All files of an app.asar, also those that stand beside it unpacked; `/` between folders, none at the beginning. */
export function listAsar(asar: string): readonly string[] {
  return listPackage(asar, { isPack: false })
    .map((file) => file.replaceAll(path.sep, '/').replace(/^\//, ''))
    .filter((file) => !('files' in statFile(asar, path.normalize(file))));
}

/** Those of the files that stand beside the app.asar, because the system loads them itself. */
export function listUnpacked(asar: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => {
    const entry = statFile(asar, path.normalize(file));
    return 'unpacked' in entry && entry.unpacked === true;
  });
}

/** One packed file as text. */
export function readPackedText(asar: string, file: string): string {
  return extractFile(asar, path.normalize(file)).toString('utf8');
}

/** What Electron compares: the SHA-256 of the archive's header, which holds the hash of every file. In hex. */
export function asarHash(asar: string): string {
  return createHash('sha256').update(getRawHeader(asar).headerString).digest('hex');
}

const winIntegrity = z.array(z.object({ file: z.string(), alg: z.string(), value: z.string() }));
const macIntegrity = z.object({
  ElectronAsarIntegrity: z.record(z.string(), z.object({ algorithm: z.string(), hash: z.string() })),
});

/** The hash of app.asar that the program itself holds; `null` on Linux, where Electron has no place for one. */
export function embeddedHash(root: string, packed: PackedProgram): string | null {
  if (packed.target.system === 'linux') return null;
  if (packed.target.system === 'mac') {
    const found = macIntegrity.parse(readInfoPlist(root, packed)).ElectronAsarIntegrity['Resources/app.asar'];
    return found?.hash ?? 'none';
  }
  const resource = readWindowsResources(root, packed).find(
    ({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR',
  );
  if (!resource) return 'none';
  const entries = winIntegrity.parse(JSON.parse(Buffer.from(resource.bin).toString('utf8')));
  return entries.find(({ file }) => file === 'resources\\app.asar')?.value ?? 'none';
}

/** Info.plist of a packed macOS app. */
export function readInfoPlist(root: string, { program }: PackedProgram): unknown {
  return loadPlist(root).parse(fs.readFileSync(path.join(program, 'Contents', 'Info.plist'), 'utf8'));
}

/** The resources of a packed program for Windows. */
export function readWindowsResources(
  root: string,
  { program }: PackedProgram,
): readonly { readonly type: string | number; readonly id: string | number; readonly bin: ArrayBuffer }[] {
  const { NtExecutable, NtExecutableResource } = loadResEdit(root);
  return NtExecutableResource.from(NtExecutable.from(fs.readFileSync(program))).entries;
}

/** Bytes of all files below a folder. */
export function folderBytes(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
