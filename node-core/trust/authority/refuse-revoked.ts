import type { MemberTable } from '../../storage/trust-schema.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { type DeskRefusal, refuse } from './desk-reply.ts';
import type { IssuerStanding } from './issuer-standing.ts';

/** The refusal of a key that is revoked here or by somebody above, with the stewards' reason; `null`: it is not. */
export function refuseRevoked(
  { revocations }: Pick<EnrolmentDeskOptions, 'revocations'>,
  standing: IssuerStanding,
  publicKey: string,
  member: Pick<MemberTable, 'state' | 'ended_reason'> | null,
): DeskRefusal | null {
  const reason = member?.state === 'revoked' ? member.ended_reason : reasonInBook(revocations, standing, publicKey);
  if (reason === null && member?.state !== 'revoked') return null;
  return reason ? refuse('revoked', { error: reason.slice(0, 500) }) : refuse('revoked');
}

/** No serial is the empty one, so only what holds for every certificate of the key is found. */
const reasonInBook = (
  revocations: EnrolmentDeskOptions['revocations'],
  { parentKey }: IssuerStanding,
  publicKey: string,
): string | null => revocations.reasonFor(publicKey, '', parentKey);
