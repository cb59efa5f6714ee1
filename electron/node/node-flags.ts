import { parseArgs } from 'node:util';
import type { Flags } from '../../node-core/config/read-config.ts';
import { type DataFolders, readDataFolder, usualDataFolder } from '../../node-core/config/read-data-folder.ts';
import { findProgramFiles } from '../../node-core/platform/program-files.ts';

/**
 * What the shell's command line says to the node, in the words of `nunba-node serve`. Everything else on it is
 * Electron's.
 */
export function readFlags(args: readonly string[]): Flags {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { data: text, port: text, host: text, tier: text, identity: text },
    strict: false,
    allowPositionals: true,
  });
  const { data: dataFolder, port, host, tier, identity } = values;
  const given = { dataFolder, port, host, tier, identity };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'string'));
}

/**
 * The data folder that the node will be asked to use, and the usual one; both the usual one where what was asked for
 * cannot be used, which the node itself will say.
 * @param builtFolder any folder of the program
 */
export function dataFolders(args: readonly string[], environment: NodeJS.ProcessEnv, builtFolder: string): DataFolders {
  try {
    return readDataFolder(readFlags(args).dataFolder, environment, findProgramFiles(builtFolder).root);
  } catch {
    const usual = usualDataFolder(environment);
    return { dataFolder: usual, defaultDataFolder: usual };
  }
}
