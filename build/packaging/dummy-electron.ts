import fs from 'node:fs';
import path from 'node:path';
import { FuseState, FuseV1Options } from '@electron/fuses';
import { loadResEdit } from './builder-libraries.ts';
import { fuses } from './fuses.ts';

/** What packages are made for, in electron-builder's words. */
export type PackedSystem = 'linux' | 'win' | 'mac';

/** Where the fuses stand in a binary: this text, the version of the wire, its length, then a byte for each fuse. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseOptions = Object.values(FuseV1Options).filter((option) => typeof option === 'number');
/** Each fuse is the other way round at first, so that one that nobody sets is seen. */
const fuseWire = Buffer.concat([
  Buffer.from(fuseSentinel),
  Buffer.from([1, fuseOptions.length]),
  Buffer.from(fuseOptions.map((option) => (fuses[option] ? FuseState.DISABLE : FuseState.ENABLE))),
]);

/**
 * Makes a folder that electron-builder takes for an unpacked Electron (`electronDist`), though nothing in it runs: files
 * of the right names that can hold fuses and, for Windows, resources.
 */
export function writeDummyElectron(root: string, system: PackedSystem, folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const [file, content] of dummyFiles(root, system)) {
    const place = path.join(folder, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, content);
  }
}

function dummyFiles(root: string, system: PackedSystem): readonly (readonly [string, string | Uint8Array])[] {
  if (system === 'linux') return [['electron', Buffer.concat([Buffer.from('\x7fELF dummy'), fuseWire])]];
  if (system === 'win') return [['electron.exe', dummyExe(root)]];
  const helpers = ['', ' (Renderer)', ' (Plugin)', ' (GPU)'].map((suffix) => `Electron Helper${suffix}`);
  return [
    ...dummyBundle('Electron.app', 'Electron'),
    ['Electron.app/Contents/Frameworks/Electron Framework.framework/Electron Framework', fuseWire],
    ...helpers.flatMap((name) => dummyBundle(`Electron.app/Contents/Frameworks/${name}.app`, name)),
  ];
}

function dummyBundle(folder: string, name: string): readonly (readonly [string, string])[] {
  const plist = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<plist version="1.0"><dict>',
    `<key>CFBundleExecutable</key><string>${name}</string>`,
    `<key>CFBundleName</key><string>${name}</string>`,
    '</dict></plist>',
  ].join('\n');
  return [
    [`${folder}/Contents/Info.plist`, plist],
    [`${folder}/Contents/MacOS/${name}`, 'dummy'],
  ];
}

/** English (United States), Unicode. */
const language = { lang: 1033, codepage: 1200 };

/** An empty program for Windows with the version that electron-builder rewrites, and the fuses behind it. */
function dummyExe(root: string): Uint8Array {
  const { NtExecutable, NtExecutableResource, Resource } = loadResEdit(root);
  const exe = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(exe);
  const version = Resource.VersionInfo.createEmpty();
  version.lang = language.lang;
  version.setStringValues(language, { ProductName: 'Electron', FileDescription: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(exe);
  return Buffer.concat([Buffer.from(exe.generate()), fuseWire]);
}
