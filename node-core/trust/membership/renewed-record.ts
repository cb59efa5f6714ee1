import type { CertificateChain } from '../../protocol/trust/certificate.ts';
import type { SignedDirectory } from '../../protocol/trust/directory.ts';
import type { Issued, SealedKey } from '../../protocol/trust/enrolment.ts';
import { type HiveRecord, isUnproven } from './membership-record.ts';

/** A federation key that was replaced counts so long, ms (protocol.md, section 3). */
const previousKeyMs = 8 * 24 * 60 * 60_000;
/** Longer orders are nobody's, characters. */
const orderLimitChars = 8_000;

/** What came with a renewal, judged. */
export interface JudgedRenewal {
  readonly issued: Issued;
  /** `null`: the present certificate stays. */
  readonly chain: CertificateChain | null;
  /** `null`: none, or none that is newer. */
  readonly directory: SignedDirectory | null;
  /** `null`: none, or one that does not open. */
  readonly federationKey: SealedKey | null;
}

/** The record with what a renewal brought. @param now ms since the epoch, own clock for the previous key's end */
export function renewedRecord(hive: HiveRecord, renewal: JudgedRenewal, now: number): HiveRecord {
  const { issued, chain, directory, federationKey } = renewal;
  return {
    ...hive,
    chain: chain ?? hive.chain,
    directory: directory ?? hive.directory,
    bootstrap: issued.bootstrap.length > 0 ? issued.bootstrap : hive.bootstrap,
    latestOrder: orderText(issued.order) ?? hive.latestOrder,
    parent: { ...hive.parent, nextPin: nextPinOf(hive, issued) },
    ...(federationKey ? withKey(hive, federationKey, now) : {}),
    renewal: { failingSince: null, tries: 0, nextTryAt: null, obstacle: null },
    // Who renews has not revoked: an ending without a signed entry is taken back.
    ended: isUnproven(hive) ? null : hive.ended,
  };
}

function withKey(hive: HiveRecord, federationKey: SealedKey, now: number): Partial<HiveRecord> {
  const previousFederationKey = hive.federationKey
    ? { sealed: hive.federationKey, until: now + previousKeyMs }
    : hive.previousFederationKey;
  return { federationKey, previousFederationKey };
}

const nextPinOf = ({ parent }: HiveRecord, { next_pin }: Issued): string | null =>
  next_pin === undefined ? parent.nextPin : next_pin === parent.pin ? null : next_pin;

function orderText(order: unknown): string | null {
  if (order === undefined || order === null) return null;
  const text = JSON.stringify(order);
  return text.length <= orderLimitChars ? text : null;
}
