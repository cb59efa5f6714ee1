import { withHistory } from './history.ts';
import { type HiveRecord, isUnproven, type Membership } from './membership-record.ts';

/** Why a membership counts no more. */
export type Ending =
  | { readonly kind: 'revoked'; readonly reason: string; readonly isSigned: boolean }
  | { readonly kind: 'lapsed' };

const reasonLimitChars = 200;

/**
 * The membership with its hive ended, if it is still that one. The certificate stays, so that the person sees what was.
 * @param at ms since the epoch
 */
export function endingOf(present: Membership, of: HiveRecord, ending: Ending, at: number): Membership {
  const { hive } = present;
  const isNews = !hive?.ended || hive.ended.kind === 'lapsed' || (isUnproven(hive) && isProof(ending));
  if (!hive || !isNews || hive.chain.certificate.serial !== of.chain.certificate.serial) {
    return present;
  }
  const ended =
    ending.kind === 'revoked'
      ? { kind: ending.kind, reason: ending.reason.slice(0, reasonLimitChars), at, isSigned: ending.isSigned }
      : { kind: ending.kind, at };
  const after = { ...hive, ended };
  return { ...withHistory(present, { kind: 'ended', at, hive: after }), hive: after };
}

const isProof = (ending: Ending): boolean => ending.kind === 'revoked' && ending.isSigned;
