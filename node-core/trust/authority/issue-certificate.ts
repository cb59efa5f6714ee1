import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { failureOf } from '../../api/failures.ts';
import { capabilitiesOf } from '../../protocol/trust/capabilities.ts';
import {
  type Certificate,
  type CertificateBody,
  certificateBodySchema,
  certificateBytes,
  certificateSchema,
  lifetimeMs,
  type MemberTier,
  shortestLifetimeMs,
} from '../../protocol/trust/certificate.ts';
import { toWireTime } from '../../protocol/trust/wire-time.ts';
import type { Schema } from '../../storage/schema.ts';
import type { CertificateTable } from '../../storage/trust-schema.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { type DeskRefusal, refuse } from './desk-reply.ts';
import type { IssuerStanding } from './issuer-standing.ts';
import { writeTransaction } from './write-transaction.ts';

/** For whom a certificate is made. */
export interface IssueOrder {
  readonly publicKey: string;
  readonly tier: MemberTier;
  readonly nodeName: string;
  readonly regionName: string;
  readonly mayIssue: boolean;
}

/** What a new certificate says, or `null` when it would end within the hour, because its issuer's does. */
export function makeBody(standing: IssuerStanding, order: IssueOrder, nowMs: number): CertificateBody | null {
  const issuedAtMs = Math.floor(nowMs / 1000) * 1000;
  const endsAtMs = Math.floor(Math.min(issuedAtMs + lifetimeMs[order.tier], standing.notAfterMs) / 1000) * 1000;
  if (endsAtMs - nowMs < shortestLifetimeMs) return null;
  return {
    node_id: order.nodeName,
    public_key: order.publicKey,
    tier: order.tier,
    region_name: order.regionName,
    issued_at: toWireTime(issuedAtMs),
    expires_at: toWireTime(endsAtMs),
    capabilities: capabilitiesOf(order.tier, order.mayIssue),
    parent_public_key: standing.parentKey,
    hive: standing.hive,
    serial: randomBytes(16).toString('hex'),
  };
}

/** Stores what will be signed: after a crash the same bytes are signed again. */
export async function storeUnsigned(
  transaction: Transaction<Schema>,
  body: CertificateBody,
  { enrolmentId, nowMs }: { readonly enrolmentId: string | null; readonly nowMs: number },
): Promise<CertificateTable> {
  const row: CertificateTable = {
    serial: body.serial,
    public_key: body.public_key,
    body_json: JSON.stringify(body),
    signature: null,
    made_at: nowMs,
    expires_at: Date.parse(body.expires_at),
    enrolment_id: enrolmentId,
  };
  await transaction.insertInto('hive_certificates').values(row).execute();
  return row;
}

type Signing = Pick<EnrolmentDeskOptions, 'storage' | 'clock' | 'verify' | 'log'>;

/** Signs a stored certificate, unless it is signed, and stores the signature before anybody sees it. */
export async function finishCertificate(
  desk: Signing,
  standing: IssuerStanding,
  row: CertificateTable,
): Promise<Certificate | DeskRefusal> {
  const body = certificateBodySchema.parse(JSON.parse(row.body_json));
  if (row.signature !== null) return certificateSchema.parse({ ...body, parent_signature: row.signature });
  if (body.parent_public_key !== standing.parentKey) return refuse('challenge-ended');
  const signature = await sign(desk, standing, body);
  if (signature === null) return refuse('try-later');
  await writeTransaction(desk.storage.db, desk.clock, async (transaction) => {
    await transaction
      .updateTable('hive_certificates')
      .set({ signature })
      .where('serial', '=', row.serial)
      .where('signature', 'is', null)
      .execute();
    if (row.enrolment_id === null) return;
    await transaction
      .updateTable('hive_enrolments')
      .set({ state: 'issued' })
      .where('id', '=', row.enrolment_id)
      .where('state', '=', 'issuing')
      .execute();
  });
  return { ...body, parent_signature: signature };
}

/** `null`: the signer is away, refuses, or gave what is no signature of the parent. */
async function sign({ verify, log }: Signing, standing: IssuerStanding, body: CertificateBody): Promise<string | null> {
  try {
    const signature = await standing.signCertificate(body);
    if (verify(certificateBytes(body), signature, standing.parentKey)) return signature;
    log.error({ serial: body.serial }, 'What the signer gave is no signature of the issuer; nothing was issued.');
    return null;
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind !== 'signer-unreachable' && failure?.kind !== 'signer-refused') throw error;
    log.warn({ serial: body.serial, failure }, 'A certificate could not be signed; it is when its member asks again.');
    return null;
  }
}
