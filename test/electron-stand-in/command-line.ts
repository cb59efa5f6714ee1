import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** What the stand-in was started with, read as Electron reads it. */
export interface CommandLine {
  /** As given, without the program. */
  readonly args: readonly string[];
  /** Absolute; holds the package. */
  readonly appFolder: string;
  readonly mainFile: string;
  readonly name: string;
  readonly version: string;
  /** Switches without their dashes, in lower case; empty where no value stands behind `=`. */
  readonly switches: ReadonlyMap<string, string>;
}

const packageSchema = z.object({
  name: z.string(),
  productName: z.string().optional(),
  version: z.string(),
  main: z.string(),
});

/** Throws where the first argument that is no switch names no app. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const appFolder = path.resolve(args.find((arg) => !arg.startsWith('-')) ?? '.');
  const about = packageSchema.parse(JSON.parse(fs.readFileSync(path.join(appFolder, 'package.json'), 'utf8')));
  return {
    args,
    appFolder,
    mainFile: path.join(appFolder, about.main),
    name: about.productName ?? about.name,
    version: about.version,
    switches: new Map(args.flatMap(readSwitch)),
  };
}

function readSwitch(arg: string): [string, string][] {
  const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
  return match?.[1] ? [[match[1].toLowerCase(), match[2] ?? '']] : [];
}
