import { FailureError } from '../api/failures.ts';
import { locateHost } from '../protocol/location.ts';
import {
  type ConfigName,
  type ConfigOption,
  type ConfigValues,
  configOptions,
  configSchema,
  laterVariables,
  shellVariables,
} from './config-schema.ts';
import { isDocumentExample } from './document-examples.ts';
import { nearestName } from './nearest-name.ts';

/** Texts by name, and what to call the place in a sentence. */
export interface VariableSource {
  /** `environment`, or the path of a `.env` file. */
  readonly label: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

export interface ConfigSources {
  /** By option name; only what was given. */
  readonly flags: Readonly<Partial<Record<ConfigName, string>>>;
  /** First wins: the environment, then the `.env` files. */
  readonly variables: readonly VariableSource[];
  /** What the data folder keeps. */
  readonly settings: Readonly<Partial<Record<ConfigName, string>>>;
  readonly defaults: Readonly<Partial<Record<ConfigName, string>>>;
}

/** A value and where it came from. */
export interface DecidedValue {
  readonly name: ConfigName;
  /** Names of its flag and variables, for the reader. */
  readonly option: ConfigOption;
  /** As text, before it was decoded; `null`: unset. */
  readonly text: string | null;
  /** `command line`, `environment`, the path of a `.env` file, `the data folder` or `default`. */
  readonly source: string;
  /** The flag or variable that says it there; `null` for the last two sources. */
  readonly setBy: string | null;
}

export interface DecidedConfig {
  readonly values: ConfigValues;
  readonly decided: readonly DecidedValue[];
  /** Sentences about names and values that have no effect. */
  readonly notes: readonly string[];
}

/**
 * Decides every value: flags, environment, `.env` files, settings, defaults, in this order. A value that is still the
 * example of a document counts as unset. The first value that cannot be used is thrown as `config-invalid`.
 */
export function decideConfig(sources: ConfigSources): DecidedConfig {
  const decided = names.map((name) => decide(name, sources));
  const values: Record<string, unknown> = {};
  for (const value of decided) values[value.name] = decode(value);
  // Each field has just been decoded by its own schema, so the whole has the schema's output type.
  const whole = values as ConfigValues;
  return {
    values: whole,
    decided,
    notes: [
      ...noteVariables(sources.variables),
      ...noteModelWithoutUrl(whole),
      ...noteJoin(whole),
      ...noteOpenHost(whole),
    ],
  };
}

// Object.keys of the schema's own shape.
const names = Object.keys(configSchema.shape) as readonly ConfigName[];

function decide(name: ConfigName, sources: ConfigSources): DecidedValue {
  const option = configOptions[name];
  const flag = sources.flags[name];
  if (flag !== undefined) return { name, option, text: flag, source: 'command line', setBy: option.flag };
  for (const { label, values } of sources.variables) {
    const variable = option.variables.find((candidate) => isSet(values[candidate]));
    if (variable === undefined) continue;
    return { name, option, text: values[variable] ?? null, source: label, setBy: variable };
  }
  const setting = sources.settings[name];
  if (setting !== undefined) return { name, option, text: setting, source: 'the data folder', setBy: null };
  return { name, option, text: sources.defaults[name] ?? null, source: 'default', setBy: null };
}

/** An empty variable is how shells and compose files say "not set". */
const isSet = (value: string | undefined): boolean =>
  value !== undefined && value.trim() !== '' && !isDocumentExample(value);

function decode({ name, option, text, source, setBy }: DecidedValue): unknown {
  const parsed = configSchema.shape[name].safeParse(text);
  if (parsed.success) return parsed.data;
  throw new FailureError({
    kind: 'config-invalid',
    name: setBy ?? option.variables[0] ?? name,
    source: source.slice(0, 200),
    reason: parsed.error.issues[0]?.message ?? 'it cannot be understood',
  });
}

const ours = /^(?:HEVOLVE|HART|NUNBA|ENABLE)_/;
const usedVariables = Object.values(configOptions).flatMap(({ variables }) => variables);
const knownVariables = [...usedVariables, ...shellVariables, ...laterVariables];

function noteVariables(places: readonly VariableSource[]): readonly string[] {
  return places.flatMap(({ label, values }) =>
    Object.entries(values).flatMap(([name, value]) => noteVariable(name, value ?? '', label)),
  );
}

function noteVariable(name: string, value: string, label: string): readonly string[] {
  const where = `${name} (${label})`;
  if (knownVariables.includes(name) && isDocumentExample(value)) {
    return [`${where} is still the example of a document and counts as not set.`];
  }
  if (usedVariables.includes(name) || shellVariables.includes(name)) return [];
  if (laterVariables.includes(name)) return [`${where} has no effect in this version.`];
  if (!ours.test(name)) return [];
  return [`${where} is not a name that Nunba knows. The nearest one is ${nearestName(name, knownVariables)}.`];
}

function noteModelWithoutUrl(values: ConfigValues): readonly string[] {
  if (values.endpointUrl !== null) return [];
  return (['endpointModel', 'endpointKey'] as const)
    .filter((name) => values[name] !== null)
    .map((name) => `${configOptions[name].variables[0]} has no effect without HEVOLVE_LLM_ENDPOINT_URL.`);
}

/** What tells a node whom to join counts only for one that is to be a regional. */
function noteJoin(values: ConfigValues): readonly string[] {
  if (values.tier === 'regional' && values.centralUrl !== null) return [];
  return (['centralUrl', 'hiveAnchor', 'invite'] as const)
    .filter((name) => values[name] !== null)
    .map(
      (name) =>
        `${configOptions[name].variables[0]} has no effect without HEVOLVE_NODE_TIER=regional and HEVOLVE_CENTRAL_URL.`,
    );
}

function noteOpenHost({ host }: ConfigValues): readonly string[] {
  if (locateHost(host).kind === 'this-computer') return [];
  return [`With the host ${host} other computers can reach this node, unencrypted; its tokens alone keep them out.`];
}
