import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { FailureError } from '../api/failures.ts';
import type { HiveConfig } from '../config/hive-config.ts';
import { readFqdn } from '../protocol/trust/fqdn.ts';
import type { NodeDescription } from '../trust/applicant/applicant.ts';
import { createHiveState } from '../trust/authority/hive-state.ts';
import type { IssuerAddress } from '../trust/authority/steward-desk.ts';
import { readTlsFiles, selfMadeCertificate, type TlsCertificate } from '../trust/transport/tls-certificate.ts';
import type { TrustParts } from './trust-parts.ts';

/** Where others reach this node, and what its listener shows them. */
export interface HiveAddress {
  /** Base of the listener as others reach it; `null`: it has none. */
  readonly publicUrl: string | null;
  /** What it shows; `null`: plain http, or no listener. */
  readonly tls: TlsCertificate | null;
  /** Reads or makes that anew. */
  remakeTls(): Promise<TlsCertificate>;
  /** What goes into invites: the present one, else that of the last run; `null`: nobody is told where it is. */
  get(): IssuerAddress | null;
  /** Remembers it for commands that open the folder while no node runs. */
  keep(): Promise<void>;
  /** What applications and renewals say of it. */
  advertised(): Pick<NodeDescription, 'fqdn' | 'advertisedUrl' | 'advertisedTls'>;
}

/** Whether the configuration asks for a hive listener: central has one, others where they can be reached. */
export const wantsListener = ({ config }: Pick<TrustParts, 'config'>): boolean =>
  config.tier === 'central' || config.hive.publicUrl !== null || config.hive.host !== null;

/**
 * Prepares the address. Rejects with `config-invalid` for a public URL or certificates that cannot be used.
 */
export async function createHiveAddress(parts: TrustParts): Promise<HiveAddress> {
  const { config, places, hiveTime, storage, store } = parts;
  const { hive, tier } = config;
  const kept = createHiveState(storage, 'address', addressSchema);
  const before = await kept.read();
  const publicUrl = hive.publicUrl ?? (tier === 'central' ? (before?.url ?? null) : null);
  if (publicUrl !== null) checkScheme(publicUrl, hive);
  const makeTls = async (): Promise<TlsCertificate> => {
    if (hive.tls.kind === 'files') {
      return readTlsFiles({ certificateFile: hive.tls.cert, keyFile: hive.tls.key, nowMs: hiveTime.now() });
    }
    const hosts = publicUrl === null ? [] : [new URL(publicUrl).hostname];
    return selfMadeCertificate({ folder: path.join(places.identity, 'tls'), hosts, nowMs: hiveTime.now() });
  };
  const isTls = hive.tls.kind === 'self-made' || hive.tls.kind === 'files';
  const tls = isTls && wantsListener(parts) ? await makeTls() : null;
  const pin = tls?.isSelfMade ? tls.pin : null;
  /** A regional invites to its hive, not to itself. */
  const named = (address: IssuerAddress | null): IssuerAddress | null =>
    address && { ...address, name: store.get().hive?.hiveName ?? address.name };
  const present = publicUrl === null ? null : { url: publicUrl, pin, name: hive.nodeName };
  return {
    publicUrl,
    tls,
    remakeTls: makeTls,
    get: () => named(present ?? before),
    async keep() {
      if (present !== null && !isDeepStrictEqual(present, before)) await kept.change(() => present);
    },
    advertised: () => ({
      fqdn: publicUrl === null ? null : readFqdn(new URL(publicUrl).hostname),
      advertisedUrl: publicUrl,
      advertisedTls: pin,
    }),
  };
}

const addressSchema = z.object({ url: z.string(), pin: z.string().nullable(), name: z.string().nullable() });

function checkScheme(publicUrl: string, { tls }: HiveConfig): void {
  const isHttp = publicUrl.startsWith('http:');
  if (isHttp && tls.kind !== 'insecure-lab') throw invalid('--public-url', 'others are reached by https only');
  if (!isHttp && tls.kind === 'insecure-lab')
    throw invalid('--public-url', 'with --insecure-lab it is an http address');
}

const invalid = (name: string, reason: string): FailureError =>
  new FailureError({ kind: 'config-invalid', name, source: 'this start', reason });
