import type { IFlattenedRuleSet } from 'dependency-cruiser';

/** One row of the table of who may import what of this repository. */
interface Row {
  readonly folder: string;
  /** Files that the row does not hold for. */
  readonly except?: string;
  /** Paths, as regular expressions, besides the folder itself. */
  readonly may: readonly string[];
}

const api = '^node-core/api/';
const protocol = '^node-core/protocol/';
const storage = '^node-core/storage/';
const platform = '^node-core/platform/';
const config = '^node-core/config/';
const domains = ['trust', 'hive', 'ledger', 'halt', 'chat', 'agents', 'health'];
/** What runs in the utility process, where the node is. */
const nodeEntry = '^electron/node/node-(?:entry|flags)\\.ts';
/** Which files the engine is, so that the build fetches the same ones for the tests. */
const enginePackages = '^node-core/agents/local/install/engine-packages\\.ts';
const programs =
  '^node-core/(?:node|main|steward|signer|engine|indexer|document-reader|reckoner)\\.ts|^node-core/(?:commands|composition)/';

/**
 * Who may import what of this repository. What carries the domains (storage, platform, config) may know the failures of
 * `api`, because that is how it refuses; a domain knows another only through the ports of `protocol`.
 */
const rows: readonly Row[] = [
  { folder: protocol, may: [] },
  { folder: api, may: [protocol] },
  { folder: storage, may: [protocol, api] },
  { folder: platform, may: [protocol, api] },
  { folder: config, may: [protocol, api, platform] },
  ...domains.map((domain) => ({ folder: `^node-core/${domain}/`, may: [protocol, api, storage, platform] })),
  { folder: '^node-core/http/', may: [protocol, api, ...domains.map((domain) => `^node-core/${domain}/`)] },
  { folder: programs, may: ['^node-core/', '^package\\.json'] },
  { folder: '^electron/', except: nodeEntry, may: [api, protocol] },
  { folder: nodeEntry, may: [api, protocol, '^electron/', '^node-core/node\\.ts', config, platform] },
  { folder: '^renderer/', may: [api, protocol] },
  { folder: '^build/', may: [platform, enginePackages, '^electron/updates/release-manifest\\.ts'] },
];

/** Everything that is of this repository. */
const ours = '^(?:electron|renderer|node-core|build|test|resources)/';
/** Packages that run in a browser as well and do nothing but compute. */
const pureForProtocol = '^(?:zod|canonicalize|@noble/[a-z0-9]+|@scure/bip39)(?:/|$)';
const pureForApi = '^(?:zod|birpc)(?:/|$)';

/** The rules for dependency-cruiser. */
export const importRules: IFlattenedRuleSet = {
  forbidden: [
    ...rows.map(({ folder, except, may }) => ({
      name: `${plainName(folder)} may import of ours only ${may.map(plainName).join(', ') || 'itself'}`,
      severity: 'error' as const,
      from: except ? { path: folder, pathNot: except } : { path: folder },
      to: { path: ours, pathNot: [folder, ...may] },
    })),
    {
      name: 'no import goes round in a circle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'protocol is pure and runs anywhere',
      severity: 'error',
      from: { path: protocol },
      to: { pathNot: [ours, pureForProtocol] },
    },
    {
      name: 'api runs anywhere',
      severity: 'error',
      from: { path: api },
      to: { pathNot: [ours, pureForApi] },
    },
    {
      name: 'the page knows neither Node nor Electron',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only the shell knows Electron',
      severity: 'error',
      from: { path: '^(?:renderer|node-core|build)/' },
      to: { path: '^electron(?:/main|/renderer|/common)?$' },
    },
    {
      name: 'a feature of the page imports no other feature',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'the kit of the page knows no feature',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/', pathNot: ['^renderer/ui/', '^renderer/messages/'] },
    },
    {
      name: 'children are made only in platform',
      severity: 'error',
      from: { path: '^node-core/', pathNot: platform },
      to: { path: '^(?:node:)?child_process$' },
    },
    {
      name: 'the product knows no test',
      severity: 'error',
      from: { path: '^(?:electron|renderer|node-core|build)/' },
      to: { path: '^test/' },
    },
  ],
};

function plainName(pattern: string): string {
  return pattern.replaceAll(/[\\^]|\(\?:/g, '').replaceAll(/\/$/g, '');
}
