import { configDefaults } from '../../node-core/config/config-schema.ts';
import { decideConfig } from '../../node-core/config/decide-config.ts';
import type { NodeConfig } from '../../node-core/config/node-config.ts';
import { toNodeConfig } from '../../node-core/config/read-config.ts';
import { findProgramFiles } from '../../node-core/platform/program-files.ts';

/** What a flat node is composed from when nobody says anything: any free port, no provider. */
export function nodeConfig(dataFolder: string, part: Partial<NodeConfig> = {}): NodeConfig {
  const defaults = { ...configDefaults, dataFolder };
  const decided = decideConfig({ flags: { port: '0' }, variables: [], settings: {}, defaults });
  return { ...toNodeConfig(decided, findProgramFiles(import.meta.dirname)), version: '1.2.3', ...part };
}
