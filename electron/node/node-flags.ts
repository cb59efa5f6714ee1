import { parseArgs } from 'node:util';
import type { Flags } from '../../node-core/config/read-config.ts';

/**
 * What the shell's command line says to the node, in the words of `nunba-node serve`. Everything else on it is
 * Electron's.
 */
export function readFlags(args: readonly string[]): Flags {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { data: text, port: text, host: text, tier: text },
    strict: false,
    allowPositionals: true,
  });
  const given = { dataFolder: values.data, port: values.port, host: values.host, tier: values.tier };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'string'));
}
