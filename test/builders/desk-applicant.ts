import { createHmac, randomBytes } from 'node:crypto';
import { canonicalBytes } from '../../node-core/protocol/trust/canonical.ts';
import {
  type RegisterReply,
  type RegisterRequest,
  registerReplySchema,
} from '../../node-core/protocol/trust/enrolment.ts';
import type { EnrolmentDesk } from '../../node-core/trust/authority/enrolment-desk.ts';
import type { HiveCaller, HiveReply } from '../../node-core/trust/authority/hive-reply.ts';
import type { NodeIdentity } from '../../node-core/trust/identity/node-identity.ts';

/** From this machine. */
export const nearby: HiveCaller = { address: '127.0.0.1', isLoopback: true };
/** From elsewhere. */
export const faraway: HiveCaller = { address: '203.0.113.9', isLoopback: false };

/** What an applicant does at a desk, step by step. */
export interface DeskApplicant {
  readonly identity: NodeIdentity;
  request(changes?: Partial<RegisterRequest>): RegisterRequest;
  /** The answer to a challenge, with the invite's proof. */
  answerTo(reply: RegisterReply, secret?: string): { enrolment_id: string; signature: string; invite_proof?: string };
  /** Both steps; the reply is that of the last one that was made. */
  enrol(desk: EnrolmentDesk, terms?: EnrolTerms): Promise<HiveReply>;
}

interface EnrolTerms {
  readonly invite?: { readonly id: string; readonly secret: string };
  readonly caller?: HiveCaller;
  readonly changes?: Partial<RegisterRequest>;
}

/** An applicant with a key of its own. */
export function deskApplicant(identity: NodeIdentity): DeskApplicant {
  const request: DeskApplicant['request'] = (changes = {}) => ({
    public_key: identity.publicKey,
    sealing_key: identity.sealingKey,
    node_name: 'a node',
    tier: 'regional',
    client_nonce: randomBytes(16).toString('hex'),
    ...changes,
  });
  const answerTo: DeskApplicant['answerTo'] = ({ enrolment_id, challenge }, secret) => ({
    enrolment_id,
    signature: identity.sign('challenge-answer', challenge),
    ...(secret === undefined
      ? {}
      : { invite_proof: createHmac('sha256', secret).update(canonicalBytes(challenge)).digest('hex') }),
  });
  return {
    identity,
    request,
    answerTo,
    async enrol(desk, { invite, caller = faraway, changes = {} } = {}) {
      const asked = request({ ...(invite ? { invite_id: invite.id } : {}), ...changes });
      const challenged = await desk.register(asked, caller);
      if (challenged.status !== 200) return challenged;
      return desk.answer(answerTo(registerReplySchema.parse(challenged.body), invite?.secret), caller);
    },
  };
}
