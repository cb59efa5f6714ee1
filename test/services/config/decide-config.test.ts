import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailureError, failureOf } from '../../../node-core/api/failures.ts';
import {
  type ConfigName,
  configDefaults,
  configOptions,
  configSchema,
  startTiers,
} from '../../../node-core/config/config-schema.ts';
import { type ConfigSources, type DecidedConfig, decideConfig } from '../../../node-core/config/decide-config.ts';
import { environmentProviders } from '../../../node-core/config/environment-providers.ts';

const defaults = { ...configDefaults, dataFolder: '/home/me/Documents/Nunba/data' };
const names = Object.keys(configSchema.shape) as ConfigName[];

function decide(sources: Partial<ConfigSources> & { environment?: Record<string, string> } = {}): DecidedConfig {
  const { environment, ...rest } = sources;
  const variables = environment ? [{ label: 'environment', values: environment }] : [];
  return decideConfig({ flags: {}, variables, settings: {}, defaults, ...rest });
}

const sourceOf = (config: DecidedConfig, name: ConfigName): string | undefined =>
  config.decided.find((value) => value.name === name)?.source;

describe('precedence', () => {
  const file = (label: string, port: string) => ({ label, values: { NUNBA_PORT: port } });
  const everything: ConfigSources = {
    flags: { port: '1' },
    variables: [file('environment', '2'), file('/checkout/.env', '3'), file('/data/.env', '4')],
    settings: { port: '5' },
    defaults: { ...defaults, port: '6' },
  };
  const without: readonly [string, ConfigSources, number, string][] = [
    ['flags', everything, 1, 'command line'],
    ['the environment', { ...everything, flags: {} }, 2, 'environment'],
    [
      'the .env of the checkout',
      { ...everything, flags: {}, variables: everything.variables.slice(1) },
      3,
      '/checkout/.env',
    ],
    ['the .env of the folder', { ...everything, flags: {}, variables: everything.variables.slice(2) }, 4, '/data/.env'],
    ['settings', { ...everything, flags: {}, variables: [] }, 5, 'the data folder'],
    ['defaults', { ...everything, flags: {}, variables: [], settings: {} }, 6, 'default'],
  ];
  test.each(without)('%s count while nothing above them is set', (_name, sources, port, source) => {
    const decided = decideConfig(sources);
    expect(decided.values.port).toBe(port);
    expect(sourceOf(decided, 'port')).toBe(source);
  });

  test('an empty variable is not set', () => {
    expect(decide({ environment: { NUNBA_PORT: ' ' } }).values.port).toBe(6777);
  });

  test('the first of two names for one value counts', () => {
    const environment = { GEMINI_API_KEY: 'second-key', GOOGLE_GENERATIVE_AI_API_KEY: 'first-key' };
    expect(decide({ environment }).values.googleKey).toBe('first-key');
  });
});

describe('values that cannot be used', () => {
  test.each([
    ['NUNBA_PORT', '70000', /65535/],
    ['NUNBA_PORT', 'http', /not a port/],
    ['NUNBA_HOST', 'http://0.0.0.0', /host name/],
    ['HEVOLVE_NODE_TIER', 'mesh', /no tier “mesh”/],
    ['NUNBA_ADMISSION', 'invite,friends', /besides invite, approve/],
    ['HART_NODE_KEY', 'secret', /64 hexadecimal/],
    ['NUNBA_SIGNER', '/run/signer', /unix:PATH/],
    ['NUNBA_INVITE', 'secret', /ID\.SECRET/],
    ['NUNBA_DNS', 'resolver', /HOST:PORT/],
    ['NUNBA_PRIVATE_DOMAINS', 'perhaps', /neither true nor false/],
    ['NUNBA_ADOPT', 'maybe', /none of yes, ask, no/],
    ['NUNBA_MAX_LOCALS', '0', /it is 0/],
    ['NUNBA_DOMAIN_SUFFIX', '.example.org,', /no domain/],
    ['NUNBA_DOMAIN_SUFFIX', 'org', /no domain/],
    ['NUNBA_BEHIND_PROXY', 'localhost', /not an IP address/],
    ['NUNBA_BEHIND_PROXY', 'fe80::1%eth0', /not an IP address/],
    ['HEVOLVE_LLM_ENDPOINT_URL', 'localhost:8080/v1', /http:\/\//],
    ['HEVOLVE_LLM_ENDPOINT_URL', 'ftp://models', /http:\/\//],
    ['OPENAI_BASE_URL', 'nonsense', /http:\/\//],
  ])('%s=%s is named with its source', (name, value, reason) => {
    const attempt = (): unknown => decide({ environment: { [name]: value } });
    expect(attempt).toThrow(FailureError);
    try {
      attempt();
    } catch (error) {
      expect(failureOf(error)).toMatchObject({ kind: 'config-invalid', name, source: 'environment' });
      expect(failureOf(error)).toMatchObject({ reason: expect.stringMatching(reason) });
    }
  });

  test('a domain suffix stands for what is below it, with or without its dot', () => {
    const environment = { NUNBA_DOMAIN_SUFFIX: 'Example.org, .example.net' };
    expect(decide({ environment }).values.domainSuffixes).toEqual(['.example.org', '.example.net']);
  });

  test('a bad flag is named as the flag', () => {
    expect(() => decide({ flags: { port: 'x' } })).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ name: '--port', source: 'command line' }) }),
    );
  });

  test('any text is decoded or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ unit: 'grapheme' }), (name, text) => {
        try {
          const { values } = decide({ flags: { [name]: text } });
          expect(values.port >= 0 && values.port <= 65_535 && Number.isInteger(values.port)).toBe(true);
          expect(startTiers).toContain(values.tier);
          if (values.endpointUrl !== null) expect(new URL(values.endpointUrl).protocol).toMatch(/^https?:$/);
        } catch (error) {
          expect(failureOf(error)?.kind).toBe('config-invalid');
        }
      }),
    );
  });

  test('every port is decoded as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), (port) => {
        expect(decide({ flags: { port: String(port) } }).values.port).toBe(port);
      }),
    );
  });
});

describe('notes', () => {
  test.each([
    ['NUNBA_PROT', 'NUNBA_PORT'],
    ['HEVOLVE_LLM_ENDPOINT', 'HEVOLVE_LLM_ENDPOINT_URL'],
    ['HART_NODE_KEYS', 'HART_NODE_KEY'],
    ['HEVOLVE_NODE_TEIR', 'HEVOLVE_NODE_TIER'],
  ])('an unknown %s is noted with %s', (name, nearest) => {
    const { notes } = decide({ environment: { [name]: 'x' } });
    expect(notes).toEqual([expect.stringContaining(name)]);
    expect(notes[0]).toContain(`The nearest one is ${nearest}.`);
  });

  test('ENABLE_ names are noted, names of other programs are not', () => {
    expect(decide({ environment: { ENABLE_MESH: '1', PATH: '/bin', ENABLED: '1' } }).notes).toHaveLength(1);
  });

  test('a name that only what opens the page reads is known', () => {
    expect(decide({ environment: { NUNBA_BROWSER: 'chromium' } }).notes).toEqual([]);
  });

  test.each([
    ['OPENAI_API_KEY', 'sk-...'],
    ['HART_NODE_KEY', 'your-federation-key'],
    ['HEVOLVE_LLM_ENDPOINT_URL', 'http://your-llm-server:8000/v1'],
    ['HEVOLVE_CENTRAL_URL', 'https://user:pass@host/path'],
  ])('the example of a document in %s counts as unset and is reported', (name, value) => {
    const decided = decide({ environment: { [name]: value } });
    expect(decided.notes).toEqual([`${name} (environment) is still the example of a document and counts as not set.`]);
    expect(environmentProviders(decided.values)).toEqual([]);
  });

  test('an example does not hide a real value below it', () => {
    const variables = [
      { label: 'environment', values: { OPENAI_API_KEY: 'sk-...' } },
      { label: '/data/.env', values: { OPENAI_API_KEY: 'sk-real-0123456789' } },
    ];
    expect(decide({ variables }).values.openAiKey).toBe('sk-real-0123456789');
  });

  test('names of a hive are known and said to have no effect', () => {
    const { notes } = decide({ environment: { HEVOLVE_CENTRAL_URL: 'https://central.example' } });
    expect(notes).toEqual([expect.stringContaining('has no effect')]);
  });

  test('a model without an endpoint is noted', () => {
    const { notes } = decide({ environment: { HEVOLVE_LLM_MODEL_NAME: 'llama' } });
    expect(notes).toEqual([expect.stringContaining('without HEVOLVE_LLM_ENDPOINT_URL')]);
  });

  test.each([
    ['0.0.0.0', 1],
    ['192.168.1.4', 1],
    ['localhost', 0],
    ['::1', 0],
  ])('host %s is noted %i times', (host, count) => {
    expect(decide({ flags: { host } }).notes.filter((note) => note.includes('other computers'))).toHaveLength(count);
  });

  test('no note and no failure ever holds a value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(configOptions).flatMap(({ variables }) => variables)), (name) => {
        const canary = 'canary-7f3a91c2e5';
        try {
          expect(decide({ environment: { [name]: canary } }).notes.join()).not.toContain(canary);
        } catch (error) {
          const failure = JSON.stringify(failureOf(error));
          if (name !== 'HEVOLVE_NODE_TIER') expect(failure).not.toContain(canary);
        }
      }),
    );
  });
});

describe('providers of the environment', () => {
  test('an endpoint comes with its model and key', () => {
    const environment = {
      HEVOLVE_LLM_ENDPOINT_URL: 'http://127.0.0.1:8080/v1/',
      HEVOLVE_LLM_MODEL_NAME: 'llama',
      HEVOLVE_LLM_API_KEY: 'key-one',
      OPENAI_API_KEY: 'key-two',
    };
    expect(environmentProviders(decide({ environment }).values)).toMatchObject([
      {
        kind: 'openai-compatible',
        name: '127.0.0.1:8080',
        url: 'http://127.0.0.1:8080/v1',
        model: 'llama',
        key: 'key-one',
      },
      { kind: 'openai', url: 'https://api.openai.com/v1', key: 'key-two', model: null },
    ]);
  });

  test('a key goes to the address that was named for it, never to another', () => {
    const environment = { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: 'http://127.0.0.1:9000/v1' };
    expect(environmentProviders(decide({ environment }).values)).toMatchObject([{ url: 'http://127.0.0.1:9000/v1' }]);
  });

  test('each of the cloud providers needs its key alone', () => {
    const environment = { ANTHROPIC_API_KEY: 'a', GEMINI_API_KEY: 'g' };
    const kinds = environmentProviders(decide({ environment }).values).map(({ kind }) => kind);
    expect(kinds).toEqual(['anthropic', 'google']);
  });
});
