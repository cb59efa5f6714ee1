import os from 'node:os';
import { FailureError } from '../api/failures.ts';
import type { AskedJoin } from '../protocol/trust/asked-join.ts';
import type { AdmissionPolicy, ConfigValues } from './config-schema.ts';

/** How the hive listener speaks. */
export type HiveTls =
  /** A certificate that it makes and keeps itself; invites pin it. */
  | { readonly kind: 'self-made' }
  | { readonly kind: 'files'; readonly cert: string; readonly key: string }
  /** Plain http to this address alone, which speaks TLS for it. */
  | { readonly kind: 'behind-proxy'; readonly address: string }
  /** Plain http on loopback, for tests; every status shows it. */
  | { readonly kind: 'insecure-lab' };

/** What a central signs with. */
export type SignerAccess =
  | { readonly kind: 'fork'; readonly keyFile: string; readonly passphraseFile: string | null }
  | { readonly kind: 'socket'; readonly path: string };

/** What concerns the hive. */
export interface HiveConfig {
  readonly nodeName: string;
  /** Port of the hive listener; 0: any free one. */
  readonly port: number;
  /** Address it binds; `null`: all at central, none elsewhere unless `publicUrl` is set. */
  readonly host: string | null;
  /** How others reach it. */
  readonly publicUrl: string | null;
  readonly tls: HiveTls;
  /** Absolute path of further roots, PEM. */
  readonly caBundle: string | null;
  /** `HART_NODE_KEY`, 64 hex. */
  readonly federationKey: string | null;
  readonly join: AskedJoin | null;
  /** Read at central alone. */
  readonly signer: SignerAccess;
  readonly signerPerHour: number;
  readonly admission: readonly AdmissionPolicy[];
  /** Whether locals of the hive that lost their parent may move here. */
  readonly adopt: 'yes' | 'ask' | 'no';
  readonly domainSuffixes: readonly string[];
  readonly privateDomains: boolean;
  readonly dnsServer: string | null;
  readonly maxLocals: number | null;
}

const defaultMasterKey = '/etc/hevolve/master_private_key.hex';

/** Puts the values together that belong together. Throws `config-invalid` for those that contradict each other. */
export function toHiveConfig(values: ConfigValues): HiveConfig {
  refuseMasterKeyInEnvironment(values);
  return {
    nodeName: values.nodeName ?? hostName(),
    port: values.hivePort,
    host: values.hiveHost,
    publicUrl: values.publicUrl,
    tls: tlsOf(values),
    caBundle: values.caBundle,
    federationKey: values.hartNodeKey,
    join: joinOf(values),
    signer: signerOf(values),
    signerPerHour: values.signerPerHour,
    admission: values.admission,
    adopt: values.adopt,
    domainSuffixes: values.domainSuffixes ?? [],
    privateDomains: values.privateDomains,
    dnsServer: values.dnsServer,
    maxLocals: values.maxLocals,
  };
}

const invalid = (name: string, reason: string): FailureError =>
  new FailureError({ kind: 'config-invalid', name, source: 'this start', reason });

/** An environment is read by every child and by whoever may look at the process. */
function refuseMasterKeyInEnvironment({ tier, masterPrivateKey }: ConfigValues): void {
  if (masterPrivateKey === null || tier !== 'central') return;
  throw invalid(
    'HEVOLVE_MASTER_PRIVATE_KEY',
    'a master key does not belong into the environment: keep it in a file of mode 0600 and name that with --master-key',
  );
}

function tlsOf({ tlsCert, tlsKey, behindProxy, insecureLab }: ConfigValues): HiveTls {
  const asked = [tlsCert !== null || tlsKey !== null, behindProxy !== null, insecureLab].filter(Boolean).length;
  if (asked > 1)
    throw invalid('--tls-cert', 'it goes with neither --behind-proxy nor --insecure-lab, nor do these two');
  if (behindProxy !== null) return { kind: 'behind-proxy', address: behindProxy };
  if (insecureLab) return { kind: 'insecure-lab' };
  if (tlsCert !== null && tlsKey !== null) return { kind: 'files', cert: tlsCert, key: tlsKey };
  if (tlsCert !== null || tlsKey !== null) throw invalid('--tls-cert', '--tls-cert and --tls-key belong together');
  return { kind: 'self-made' };
}

function joinOf({ tier, joinLink, joinLinkFile, centralUrl, hiveAnchor, invite }: ConfigValues): AskedJoin | null {
  if (joinLink !== null) return { kind: 'link', link: joinLink };
  if (joinLinkFile !== null) return { kind: 'link-file', file: joinLinkFile };
  if (tier !== 'regional' || centralUrl === null) return null;
  return { kind: 'central', url: centralUrl, anchor: hiveAnchor, invite };
}

function signerOf({ signer, masterKeyFile, masterPassphraseFile }: ConfigValues): SignerAccess {
  if (signer !== null && masterKeyFile !== null) throw invalid('--signer', 'it does not go with --master-key');
  if (signer !== null) return { kind: 'socket', path: signer };
  return { kind: 'fork', keyFile: masterKeyFile ?? defaultMasterKey, passphraseFile: masterPassphraseFile };
}

/** As printable ASCII, at most 60 characters. */
const hostName = (): string =>
  os
    .hostname()
    .replaceAll(/[^\x20-\x7e]/g, '-')
    .trim()
    .slice(0, 60) || 'node';
