import { describeError } from '../../protocol/describe-error.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { leftoverForMs } from './enrolment-records.ts';
import { finishCertificate } from './issue-certificate.ts';

/** Most that one start signs; the rest is signed when its members ask. */
const mostAtOnce = 1_000;

/** Signs the certificates of enrolments that were stored and not signed when the last run ended. Never rejects. */
export async function finishLeftovers(desk: EnrolmentDeskOptions): Promise<void> {
  try {
    await finishAll(desk);
  } catch (error) {
    desk.log.error({ error: describeError(error) }, 'What the last run left unsigned could not be signed.');
  }
}

async function finishAll(desk: EnrolmentDeskOptions): Promise<void> {
  const standing = desk.issuer.standing();
  if (standing === null) return;
  const rows = await desk.storage.db
    .selectFrom('hive_certificates')
    .innerJoin('hive_enrolments', 'hive_enrolments.id', 'hive_certificates.enrolment_id')
    .selectAll('hive_certificates')
    .where('hive_enrolments.state', '=', 'issuing')
    .where('hive_certificates.signature', 'is', null)
    .where('hive_certificates.made_at', '>', desk.hiveTime.now() - leftoverForMs)
    .limit(mostAtOnce)
    .execute();
  let count = 0;
  for (const row of rows) {
    const certificate = await finishCertificate(desk, standing, row);
    // One that cannot be signed keeps no other from it.
    if (!('kind' in certificate)) count += 1;
  }
  if (count > 0) desk.log.info({ count }, 'Signed the certificates that the last run had not.');
}
