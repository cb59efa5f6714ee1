import net from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { readDomainSuffix } from '../protocol/trust/fqdn.ts';

/** What a node can be started as; without being told, it is what its folder says. */
export const startTiers = ['flat', 'regional', 'local', 'central'] as const;
export type StartTier = (typeof startTiers)[number];

const text = z.string().trim().min(1, 'it is empty');
const secret = text.max(1000, 'it is longer than 1000 characters');

const port = text
  .regex(/^\d{1,5}$/, 'it is not a port number')
  .transform(Number)
  .refine((value) => value <= 65_535, 'ports end at 65535');

const host = text
  .max(255, 'it is too long')
  .regex(/^[A-Za-z0-9.:_-]+$/, 'it is not a host name or an address (leave out http:// and the port)');

/** A name could come to mean anything, and who may speak for others hangs on it. */
const ipAddress = text.refine(
  (value) => net.isIP(value) !== 0 && !value.includes('%'),
  'it is not an IP address such as 127.0.0.1 or ::1 (names do not count here)',
);

const tier = text.transform((value, context) => {
  const asked = startTiers.find((known) => known === value.toLowerCase());
  if (asked !== undefined) return asked;
  const message = `there is no tier “${value.slice(0, 40)}”; there are ${startTiers.join(', ')}`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const url = text.max(500, 'it is longer than 500 characters').transform((value, context) => {
  const parsed = URL.canParse(value) ? new URL(value) : null;
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return value.replace(/\/+$/, '');
  context.addIssue({ code: 'custom', message: 'it is not an address that begins with http:// or https://' });
  return z.NEVER;
});

const file = text.transform((value) => path.resolve(value));

const isOn = text.transform((value, context) => {
  const lower = value.toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(lower)) return true;
  if (['false', '0', 'no', 'off'].includes(lower)) return false;
  context.addIssue({ code: 'custom', message: 'it is neither true nor false' });
  return z.NEVER;
});

const count = text
  .regex(/^\d{1,9}$/, 'it is not a whole number')
  .transform(Number)
  .refine((value) => value > 0, 'it is 0');

const admissionPolicies = ['invite', 'approve', 'domain', 'open'] as const;
/** Who is let into a hive (protocol.md, section 3, Admission). */
export type AdmissionPolicy = (typeof admissionPolicies)[number];

const admission = text.transform((value, context) => {
  const names = value.split(',').map((name) => name.trim().toLowerCase());
  const known = admissionPolicies.filter((policy) => names.includes(policy));
  if (names.every((name) => admissionPolicies.some((policy) => policy === name))) return known;
  context.addIssue({
    code: 'custom',
    message: `it names something besides ${admissionPolicies.join(', ')}`,
  });
  return z.NEVER;
});

const domainSuffixes = text.max(2_000, 'it is too long').transform((value, context) => {
  const suffixes = value.split(',').map((suffix) => readDomainSuffix(suffix.trim()));
  const known = suffixes.filter((suffix) => suffix !== null);
  if (known.length === suffixes.length) return known;
  context.addIssue({
    code: 'custom',
    message: 'it names something that is no domain of two labels or more, such as .example.org',
  });
  return z.NEVER;
});

const hostAndPort = text
  .max(300, 'it is too long')
  .regex(/^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'it is not of the form HOST:PORT');

const unixSocket = text
  .regex(/^unix:./, 'it is not of the form unix:PATH')
  .transform((value) => path.resolve(value.slice('unix:'.length)));

const federationKey = text
  .regex(/^[0-9a-fA-F]{64}$/, 'it is not 64 hexadecimal digits')
  .transform((value) => value.toLowerCase());

const name = text
  .max(60, 'it is longer than 60 characters')
  .regex(/^[\x20-\x7e]+$/, 'it holds characters beyond ASCII');

/** Everything a node can be told from outside. Each field is decoded from the text of its source. */
export const configSchema = z.object({
  dataFolder: text.transform((value) => path.resolve(value)),
  port,
  host,
  tier,
  endpointUrl: url.nullable(),
  endpointModel: text.max(300, 'it is longer than 300 characters').nullable(),
  endpointKey: secret.nullable(),
  engineRegistry: url,
  openAiKey: secret.nullable(),
  openAiUrl: url.nullable(),
  anthropicKey: secret.nullable(),
  anthropicUrl: url.nullable(),
  googleKey: secret.nullable(),
  keyPassphraseFile: file.nullable(),
  nodeName: name.nullable(),
  identity: z.enum(['move', 'new'], 'it is neither move nor new').nullable(),
  hivePort: port,
  hiveHost: host.nullable(),
  publicUrl: url.nullable(),
  tlsCert: file.nullable(),
  tlsKey: file.nullable(),
  behindProxy: ipAddress.nullable(),
  insecureLab: isOn,
  caBundle: file.nullable(),
  hartNodeKey: federationKey.nullable(),
  joinLink: text.max(2_048, 'it is longer than 2048 characters').nullable(),
  joinLinkFile: file.nullable(),
  centralUrl: url.nullable(),
  hiveAnchor: text.max(200, 'it is longer than 200 characters').nullable(),
  invite: text
    .max(300, 'it is longer than 300 characters')
    .regex(/^[a-z0-9]{8,32}\.[A-Za-z0-9_-]+$/, 'it is not of the form ID.SECRET')
    .nullable(),
  masterKeyFile: file.nullable(),
  masterPassphraseFile: file.nullable(),
  masterPrivateKey: z.string().nullable(),
  signer: unixSocket.nullable(),
  signerPerHour: count,
  admission,
  adopt: z.enum(['yes', 'ask', 'no'], 'it is none of yes, ask, no'),
  domainSuffixes: domainSuffixes.nullable(),
  privateDomains: isOn,
  dnsServer: hostAndPort.nullable(),
  maxLocals: count.nullable(),
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
  engineRegistry: option(null, ['NUNBA_ENGINE_REGISTRY']),
  openAiKey: option(null, ['OPENAI_API_KEY'], true),
  openAiUrl: option(null, ['OPENAI_BASE_URL']),
  anthropicKey: option(null, ['ANTHROPIC_API_KEY'], true),
  anthropicUrl: option(null, ['ANTHROPIC_BASE_URL']),
  keyPassphraseFile: option(null, ['NUNBA_KEY_PASSPHRASE_FILE']),
  nodeName: option('--name', ['NUNBA_NODE_NAME']),
  identity: option('--identity', []),
  hivePort: option('--hive-port', ['NUNBA_HIVE_PORT']),
  hiveHost: option('--hive-host', ['NUNBA_HIVE_HOST']),
  publicUrl: option('--public-url', ['NUNBA_PUBLIC_URL', 'HEVOLVE_REGIONAL_URL']),
  tlsCert: option('--tls-cert', ['NUNBA_TLS_CERT']),
  tlsKey: option('--tls-key', ['NUNBA_TLS_KEY']),
  behindProxy: option('--behind-proxy', ['NUNBA_BEHIND_PROXY']),
  insecureLab: option('--insecure-lab', []),
  caBundle: option(null, ['HEVOLVE_CA_BUNDLE']),
  hartNodeKey: option(null, ['HART_NODE_KEY'], true),
  joinLink: option(null, ['NUNBA_JOIN_LINK'], true),
  joinLinkFile: option(null, ['NUNBA_JOIN_LINK_FILE']),
  centralUrl: option(null, ['HEVOLVE_CENTRAL_URL']),
  hiveAnchor: option(null, ['NUNBA_HIVE_ANCHOR']),
  invite: option(null, ['NUNBA_INVITE'], true),
  masterKeyFile: option('--master-key', ['NUNBA_MASTER_KEY_FILE']),
  masterPassphraseFile: option('--master-passphrase-file', ['NUNBA_MASTER_PASSPHRASE_FILE']),
  masterPrivateKey: option(null, ['HEVOLVE_MASTER_PRIVATE_KEY'], true),
  signer: option('--signer', ['NUNBA_SIGNER']),
  signerPerHour: option('--signer-per-hour', ['NUNBA_SIGNER_PER_HOUR']),
  admission: option('--admission', ['NUNBA_ADMISSION']),
  adopt: option('--adopt', ['NUNBA_ADOPT']),
  domainSuffixes: option('--domain-suffix', ['NUNBA_DOMAIN_SUFFIX']),
  privateDomains: option('--private-domains', ['NUNBA_PRIVATE_DOMAINS']),
  dnsServer: option('--dns', ['NUNBA_DNS']),
  maxLocals: option('--max-locals', ['NUNBA_MAX_LOCALS']),
  googleKey: option(null, ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'], true),
};

/** Names that what opens the page reads: the browser to open it in. */
export const shellVariables: readonly string[] = ['NUNBA_BROWSER'];

/** Names of the documents that this version knows and does not use yet. */
export const laterVariables: readonly string[] = ['ENABLE_FEDERATION', 'HEVOLVE_SEED_PEERS', 'NUNBA_HART_COMPAT'];

/** Whose registry holds the packages of the engine for local models. */
const npmDomain = 'npmjs.org';

/** What counts where nobody says anything; the data folder's default is found elsewhere. */
export const configDefaults: Readonly<Partial<Record<ConfigName, string>>> = {
  port: '6777',
  host: '127.0.0.1',
  tier: 'flat',
  hivePort: '6776',
  insecureLab: 'false',
  signerPerHour: '2000',
  admission: 'invite',
  adopt: 'yes',
  privateDomains: 'false',
  engineRegistry: `https://registry.${npmDomain}`,
};
