import type { Certificate } from '../../protocol/trust/certificate.ts';
import type { Issued, SealedKey } from '../../protocol/trust/enrolment.ts';
import { sealTo } from '../identity/sealing.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { jsonOf } from './desk-reply.ts';
import type { HiveReply } from './hive-reply.ts';
import type { IssuerStanding } from './issuer-standing.ts';

type Handing = Pick<EnrolmentDeskOptions, 'federationKeys' | 'directory' | 'bootstrap' | 'log'>;

/** What the caller has already. */
interface Had {
  readonly sealingKey: string;
  readonly federationKeyId?: string | undefined;
  readonly directorySequence?: number | undefined;
}

/** A certificate with what goes with it: the federation key and the directory where the caller's are not current. */
export async function issuedReply(
  status: 200 | 201,
  desk: Handing,
  standing: IssuerStanding,
  certificate: Certificate,
  had: Had,
): Promise<HiveReply> {
  const federationKey = await sealedKeyFor(desk, certificate.serial, had);
  const directory = desk.directory.get();
  const isNewer = directory !== null && directory.directory.sequence > (had.directorySequence ?? 0);
  const body: Issued = {
    status: 'issued',
    certificate,
    issuers: [...standing.issuersOfLeaf],
    ...(federationKey ? { federation_key: federationKey } : {}),
    ...(isNewer ? { directory } : {}),
    bootstrap: [...desk.bootstrap()],
  };
  return { status, body: jsonOf(body) };
}

async function sealedKeyFor({ federationKeys, log }: Handing, serial: string, had: Had): Promise<SealedKey | null> {
  const current = federationKeys.current();
  if (current === null || current.id === had.federationKeyId) return null;
  try {
    return await sealTo(had.sealingKey, current.key, serial);
  } catch (error) {
    // A sealing key of small order: the certificate counts all the same.
    log.warn({ serial, error }, 'The federation key could not be sealed for a member; it gets none.');
    return null;
  }
}
