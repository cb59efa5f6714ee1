import path from 'node:path';
import { FailureError } from '../api/failures.ts';
import { placesIn } from '../platform/data-folder.ts';
import type { ProgramFiles } from '../platform/program-files.ts';
import { type ConfigName, configDefaults } from './config-schema.ts';
import { type ConfigSources, type DecidedConfig, decideConfig, type VariableSource } from './decide-config.ts';
import { environmentProviders } from './environment-providers.ts';
import { readMarkedTier } from './folder-settings.ts';
import { toHiveConfig } from './hive-config.ts';
import type { NodeConfig } from './node-config.ts';
import { environmentFile, readDataFolder, variablesNear } from './read-data-folder.ts';

export type Flags = Readonly<Partial<Record<ConfigName, string>>>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads every source, changing nothing, and decides. */
export function readConfig(flags: Flags, environment: Environment, program: ProgramFiles): DecidedConfig {
  const { dataFolder, defaultDataFolder } = readDataFolder(flags.dataFolder, environment, program.root);
  const sources: ConfigSources = {
    flags,
    variables: [
      ...variablesNear(environment, program.root),
      ...environmentFile(path.join(dataFolder, '.env')).map(withoutFolder),
    ],
    settings: {},
    defaults: { ...configDefaults, dataFolder: defaultDataFolder },
  };
  return withMarkedTier(sources, readMarkedTier(placesIn(dataFolder).database));
}

/** What a node is composed from. */
export function toNodeConfig({ values, decided, notes }: DecidedConfig, program: ProgramFiles): NodeConfig {
  return {
    dataFolder: values.dataFolder,
    port: values.port,
    host: values.host,
    tier: values.tier,
    isTierAsked: decided.some(({ name, setBy }) => name === 'tier' && setBy !== null),
    providers: environmentProviders(values),
    keyPassphraseFile: values.keyPassphraseFile,
    identity: values.identity,
    engineRegistry: values.engineRegistry,
    hive: toHiveConfig(values),
    version: program.version,
    licencesFile: program.licences,
    notes,
  };
}

/**
 * A folder is what it was: central stays central, a member stays what it is until it leaves. Only a flat one can be asked
 * to join.
 */
function withMarkedTier(sources: ConfigSources, marked: string | null): DecidedConfig {
  if (marked === null) return decideConfig(sources);
  const decided = decideConfig({ ...sources, settings: { tier: marked } });
  const { tier } = decided.values;
  const isJoining = marked === 'flat' && (tier === 'regional' || tier === 'local');
  if (marked !== tier && !isJoining) {
    throw new FailureError({ kind: 'tier-contradiction', folderTier: marked, askedTier: tier });
  }
  return decided;
}

/** A file inside the folder cannot say where the folder is. */
const withoutFolder = ({ label, values }: VariableSource): VariableSource => {
  const { NUNBA_DATA_DIR: _ignored, ...rest } = values;
  return { label, values: rest };
};
