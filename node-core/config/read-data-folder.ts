import os from 'node:os';
import path from 'node:path';
import { defaultDataFolder, readTextIfThere } from '../platform/documents-folder.ts';
import { configDefaults } from './config-schema.ts';
import { decideConfig, type VariableSource } from './decide-config.ts';
import { parseEnvironmentFile } from './environment-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder that was asked for, and the one without asking; absolute. */
export interface DataFolders {
  readonly dataFolder: string;
  readonly defaultDataFolder: string;
}

/**
 * Which data folder is meant: `--data`, the environment, the program's `.env`, else the usual one. Throws a FailureError
 * for one that cannot be a folder. Changes nothing.
 * @param flag value of `--data`; `undefined`: not given
 * @param programRoot folder whose `.env` counts
 */
export function readDataFolder(flag: string | undefined, environment: Environment, programRoot: string): DataFolders {
  const usual = usualDataFolder(environment);
  const decided = decideConfig({
    flags: flag === undefined ? {} : { dataFolder: flag },
    variables: variablesNear(environment, programRoot).map(folderVariable),
    settings: {},
    defaults: { ...configDefaults, dataFolder: usual },
  });
  return { dataFolder: decided.values.dataFolder, defaultDataFolder: usual };
}

/** The data folder of somebody who asks for none; absolute. */
export function usualDataFolder(environment: Environment): string {
  return defaultDataFolder({
    platform: process.platform,
    home: os.homedir(),
    environment,
    readText: readTextIfThere,
  });
}

/** The environment and the program's own `.env`. */
export function variablesNear(environment: Environment, programRoot: string): readonly VariableSource[] {
  return [{ label: 'environment', values: environment }, ...environmentFile(path.join(programRoot, '.env'))];
}

/** The variables of a `.env` file, if there is one. */
export function environmentFile(file: string): readonly VariableSource[] {
  const text = readTextIfThere(file);
  return text === null ? [] : [{ label: file, values: parseEnvironmentFile(text) }];
}

const folderVariable = ({ label, values }: VariableSource): VariableSource => ({
  label,
  values: { NUNBA_DATA_DIR: values.NUNBA_DATA_DIR },
});
