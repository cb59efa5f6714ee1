import type { ProgramFiles } from '../platform/program-files.ts';
import type { StartTier } from './config-schema.ts';
import type { EnvironmentProvider } from './environment-providers.ts';
import type { HiveConfig } from './hive-config.ts';

/** What a node is composed from; everything else it finds in its data folder and its host. */
export interface NodeConfig {
  /** Absolute. */
  readonly dataFolder: string;
  /** Port of the personal listener; 0: any free one. */
  readonly port: number;
  /** Address that the personal listener binds; loopback unless the person asked for another. */
  readonly host: string;
  /** What it was asked to be, else what its folder is. */
  readonly tier: StartTier;
  /** A flag or the environment named that tier; otherwise it is what the folder was, which ends when the node leaves. */
  readonly isTierAsked: boolean;
  readonly providers: readonly EnvironmentProvider[];
  /** Absolute path of a file with the passphrase of the stored keys, or `null`. */
  readonly keyPassphraseFile: string | null;
  /** What to do with the identity of a folder from another computer; `null`: refuse. */
  readonly identity: 'move' | 'new' | null;
  /** Base address of the registry that the engine for local models is fetched from. */
  readonly engineRegistry: string;
  readonly hive: HiveConfig;
  readonly version: string;
  /** File of the licences of what Nunba is built from, or a path where there is none. */
  readonly licencesFile: ProgramFiles['licences'];
  /** What the configuration had to say, for the log. */
  readonly notes: readonly string[];
}
