import path from 'node:path';
import { z } from 'zod';

/** Tiers of a hive that HART OS's documents name; this version runs the first. */
const tierNames = ['flat', 'regional', 'local', 'central'];

const text = z.string().trim().min(1, 'it is empty');
const secret = text.max(1000, 'it is longer than 1000 characters');

const port = text
  .regex(/^\d{1,5}$/, 'it is not a port number')
  .transform(Number)
  .refine((value) => value <= 65_535, 'ports end at 65535');

const host = text
  .max(255, 'it is too long')
  .regex(/^[A-Za-z0-9.:_-]+$/, 'it is not a host name or an address (leave out http:// and the port)');

const tier = text.transform((value, context) => {
  const asked = value.toLowerCase();
  if (asked === 'flat') return 'flat' as const;
  const message = tierNames.includes(asked)
    ? `the tier “${asked}” is not part of this version, only “flat” is`
    : `there is no tier “${value.slice(0, 40)}”; this version has “flat”`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const url = text.max(500, 'it is longer than 500 characters').transform((value, context) => {
  const parsed = URL.canParse(value) ? new URL(value) : null;
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return value.replace(/\/+$/, '');
  context.addIssue({ code: 'custom', message: 'it is not an address that begins with http:// or https://' });
  return z.NEVER;
});

/** Everything a node can be told from outside. Each field is decoded from the text of its source. */
export const configSchema = z.object({
  dataFolder: text.transform((value) => path.resolve(value)),
  port,
  host,
  tier,
  endpointUrl: url.nullable(),
  endpointModel: text.max(300, 'it is longer than 300 characters').nullable(),
  endpointKey: secret.nullable(),
  openAiKey: secret.nullable(),
  openAiUrl: url.nullable(),
  anthropicKey: secret.nullable(),
  anthropicUrl: url.nullable(),
  googleKey: secret.nullable(),
  keyPassphraseFile: text.transform((value) => path.resolve(value)).nullable(),
});

export type ConfigValues = z.infer<typeof configSchema>;
export type ConfigName = keyof ConfigValues;

/** Where a field can come from, apart from its default. */
export interface ConfigOption {
  readonly flag: string | null;
  /** The first that is set counts. */
  readonly variables: readonly string[];
  readonly isSecret: boolean;
}

const option = (flag: string | null, variables: readonly string[], isSecret = false): ConfigOption => ({
  flag,
  variables,
  isSecret,
});

/** The sources of each field, by name. */
export const configOptions: Readonly<Record<ConfigName, ConfigOption>> = {
  dataFolder: option('--data', ['NUNBA_DATA_DIR']),
  port: option('--port', ['NUNBA_PORT']),
  host: option('--host', ['NUNBA_HOST']),
  tier: option('--tier', ['HEVOLVE_NODE_TIER']),
  endpointUrl: option(null, ['HEVOLVE_LLM_ENDPOINT_URL']),
  endpointModel: option(null, ['HEVOLVE_LLM_MODEL_NAME']),
  endpointKey: option(null, ['HEVOLVE_LLM_API_KEY'], true),
  openAiKey: option(null, ['OPENAI_API_KEY'], true),
  openAiUrl: option(null, ['OPENAI_BASE_URL']),
  anthropicKey: option(null, ['ANTHROPIC_API_KEY'], true),
  anthropicUrl: option(null, ['ANTHROPIC_BASE_URL']),
  keyPassphraseFile: option(null, ['NUNBA_KEY_PASSPHRASE_FILE']),
  googleKey: option(null, ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'], true),
};

/** Names that what opens the page reads: the browser to open it in. */
export const shellVariables: readonly string[] = ['NUNBA_BROWSER'];

/** Names of the documents that belong to a hive: known, and without effect in a flat node. */
export const hiveVariables: readonly string[] = [
  'HART_NODE_KEY',
  'HEVOLVE_CA_BUNDLE',
  'HEVOLVE_CENTRAL_URL',
  'HEVOLVE_MASTER_PRIVATE_KEY',
  'HEVOLVE_REGIONAL_URL',
  'HEVOLVE_SEED_PEERS',
  'NUNBA_HART_COMPAT',
  'NUNBA_HIVE_ANCHOR',
  'NUNBA_HIVE_PORT',
  'NUNBA_INVITE',
  'NUNBA_JOIN_LINK',
  'NUNBA_JOIN_LINK_FILE',
];
