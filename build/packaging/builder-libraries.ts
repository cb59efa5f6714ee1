import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

/** The part that we use of `resedit`, with which electron-builder edits programs for Windows. */
export interface ResEdit {
  readonly NtExecutable: {
    createEmpty(is32Bit: boolean, isDll: boolean): WindowsProgram;
    from(bytes: Uint8Array): WindowsProgram;
  };
  readonly NtExecutableResource: { from(program: WindowsProgram): WindowsResources };
  readonly Resource: { readonly VersionInfo: { createEmpty(): VersionInfo } };
}
interface WindowsProgram {
  generate(): ArrayBuffer;
}
interface WindowsResources {
  readonly entries: WindowsResource[];
  outputResource(program: WindowsProgram): void;
}
interface WindowsResource {
  readonly type: string | number;
  readonly id: string | number;
  readonly bin: ArrayBuffer;
}
interface VersionInfo {
  lang: number | string;
  setStringValues(language: { lang: number; codepage: number }, values: Readonly<Record<string, string>>): void;
  outputToResourceEntries(entries: WindowsResource[]): void;
}

/** The part that we use of `plist`, with which electron-builder reads property lists. */
interface PropertyLists {
  parse(xml: string): unknown;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const resEditSchema = z.custom<ResEdit>((value) => isObject(value));
const plistSchema = z.custom<PropertyLists>((value) => isObject(value));

/** `resedit` as electron-builder has it, so that both mean the same. */
export function loadResEdit(root: string): ResEdit {
  return resEditSchema.parse(requireOfBuilder(root)('resedit'));
}

/** `plist` as electron-builder has it. */
export function loadPlist(root: string): PropertyLists {
  return plistSchema.parse(requireOfBuilder(root)('plist'));
}

function requireOfBuilder(root: string): NodeJS.Require {
  return createRequire(path.join(root, 'node_modules', 'app-builder-lib', 'package.json'));
}
