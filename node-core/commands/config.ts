import type { DecidedConfig, DecidedValue } from '../config/decide-config.ts';
import { type Flags, readConfig } from '../config/read-config.ts';
import { maskSecrets } from '../protocol/mask-secrets.ts';
import { exitCodes } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

/** Prints every value in force and its source; secrets only as being set. */
export async function printConfig(surroundings: Surroundings, flags: Flags): Promise<number> {
  const config = readConfig(flags, surroundings.environment, surroundings.program);
  surroundings.print(configText(config));
  for (const note of config.notes) surroundings.say(note);
  return exitCodes.done;
}

/** One line per value: name, value, source. */
function configText({ decided }: DecidedConfig): string {
  const rows = decided.map((value) => [
    value.setBy ?? value.option.variables[0] ?? value.name,
    shown(value),
    value.source,
  ]);
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [nameWidth, valueWidth] = [width(0), width(1)];
  return rows
    .map(
      ([name = '', value = '', source = '']) => `${name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${source}\n`,
    )
    .join('');
}

function shown({ text, option }: DecidedValue): string {
  if (text === null) return 'not set';
  return option.isSecret ? 'set (not shown)' : maskSecrets(text);
}
