import { createHmac, randomBytes } from 'node:crypto';
import type { JoinStepName } from '../../api/trust-views.ts';
import { canonicalBytes } from '../../protocol/trust/canonical.ts';
import type {
  AnswerRequest,
  Challenge,
  Issued,
  RegisterReply,
  RegisterRequest,
} from '../../protocol/trust/enrolment.ts';
import { enrolmentReplySchema, registerReplySchema } from '../../protocol/trust/enrolment.ts';
import type { EnrolmentEvent } from '../../protocol/trust/enrolment-machine.ts';
import { type ChallengeVerdict, judgeChallenge } from '../../protocol/trust/judge-challenge.ts';
import { judgeIssued } from '../../protocol/trust/judge-issued.ts';
import type { JoinOrder } from '../membership/membership-record.ts';
import type { ApplicantOptions, ChallengeAnswer } from './applicant.ts';
import { askIssuer, defect, type Hindered } from './ask-issuer.ts';

/** What one try works with. */
export interface EnrolmentTry {
  readonly options: ApplicantOptions;
  readonly order: JoinOrder;
  /** The pinned anchor, hex. */
  readonly anchor: string;
  readonly signal: AbortSignal;
  /** Stores that a request with this nonce is about to leave. */
  readonly began: (clientNonce: string) => Promise<void>;
  /** The challenge that is being answered, for an issuer that asks at this node's domain meanwhile. */
  readonly opened: (answer: ChallengeAnswer) => void;
  /** Told of each step that is done. */
  readonly passed: (step: JoinStepName) => void;
}

/** What it takes to ask an issuer anything. */
type Asking = Pick<EnrolmentTry, 'options' | 'order' | 'signal' | 'passed'>;

/** `issued`: the certificate was judged and is this node's. */
export type TryOutcome = { readonly kind: 'issued'; readonly issued: Issued } | Told;
type Told = Extract<EnrolmentEvent, { kind: 'hindered' | 'pending' }>;

/** Names nobody can guess, for requests: 16 random bytes, hex. */
const newClientNonce = (): string => randomBytes(16).toString('hex');

/**
 * Registers, judges the challenge and answers it. Where all is proven but the time, the clock is set by what the issuer
 * states, and it is tried once more. Rejects only when aborted, or when storing fails.
 */
export async function enrolOnce(attempt: EnrolmentTry, clientNonce: string | null): Promise<TryOutcome> {
  const first = await registerWith(attempt, clientNonce ?? newClientNonce());
  if (first.kind !== 'clock') return 'reply' in first ? answerChallenge(attempt, first.reply) : first;
  attempt.options.hiveTime.learn(first.theirMs);
  const second = await registerWith(attempt, newClientNonce());
  if (second.kind === 'clock') return defect(second.defect);
  return 'reply' in second ? answerChallenge(attempt, second.reply) : second;
}

/** Asks what became of an enrolment that waits for a steward. */
export async function pollOnce(attempt: EnrolmentTry, enrolmentId: string): Promise<TryOutcome> {
  const { options, order, signal } = attempt;
  const call = { method: 'GET', path: `/register/${enrolmentId}`, signed: 'node', signal } as const;
  const answer = await askIssuer(options.client, order.issuer, call);
  return answer.kind === 'body' ? judgeOutcome(attempt, answer.body, enrolmentId) : answer;
}

/** Asks an issuer which anchor is its; nothing is signed, and no invite is shown. The answer's own proof has to hold. */
export async function askStatedAnchor(asking: Asking): Promise<Extract<EnrolmentEvent, { kind: 'stated' }> | Hindered> {
  const { options, order } = asking;
  const request = requestOf(options, { ...order, invite: null }, newClientNonce());
  const answer = await sendRequest(asking, request);
  if (answer.kind === 'hindered') return answer;
  const parsed = registerReplySchema.safeParse(answer.body);
  if (!parsed.success) return defect('malformed-answer');
  const anchor = parsed.data.challenge.hive;
  const verdict = judgeReply(options, answer.body, request, anchor);
  return verdict.kind === 'refused' ? defect(verdict.defect) : { kind: 'stated', anchor };
}

async function registerWith(attempt: EnrolmentTry, clientNonce: string): Promise<ChallengeVerdictFor | Hindered> {
  const { options, order, anchor } = attempt;
  await attempt.began(clientNonce);
  const request = requestOf(options, order, clientNonce);
  const answer = await sendRequest(attempt, request);
  if (answer.kind === 'hindered') return answer;
  const verdict = judgeReply(options, answer.body, request, anchor);
  if (verdict.kind === 'refused') return defect(verdict.defect);
  if (verdict.kind !== 'clock') attempt.passed('issuer-proved');
  return verdict;
}
type ChallengeVerdictFor = Exclude<ChallengeVerdict, { kind: 'refused' }>;

async function sendRequest(
  { options, order, signal, passed }: Asking,
  request: RegisterRequest,
): ReturnType<typeof askIssuer> {
  const answer = await askIssuer(options.client, order.issuer, {
    method: 'POST',
    path: '/register',
    body: withoutUndefined(request),
    signed: 'no',
    presentsChain: order.from === 'move',
    signal,
  });
  // Who refuses was reached as well.
  if (answer.kind === 'body' || answer.obstacle.kind === 'refused') passed('issuer-reached');
  return answer;
}

function judgeReply(
  options: ApplicantOptions,
  body: unknown,
  request: RegisterRequest,
  anchor: string,
): ChallengeVerdict {
  const { verify, hiveTime, clock, store } = options;
  const floorMs = store.get().hiveTime.floorMs;
  const isRevoked = revocationsOf(options, anchor);
  const times = { nowMs: hiveTime.now(), ownMs: clock.now(), floorMs };
  return judgeChallenge(body, { request, anchor, ...times, verify, isRevoked });
}

async function answerChallenge(attempt: EnrolmentTry, reply: RegisterReply): Promise<TryOutcome> {
  const { options, order, signal } = attempt;
  const { challenge, enrolment_id } = reply;
  const signature = options.identity.sign('challenge-answer', challenge);
  attempt.opened({ enrolment_id, public_key: options.identity.publicKey, signature });
  const body: AnswerRequest = { enrolment_id, signature, ...proofOf(order, challenge) };
  const call = {
    method: 'POST',
    path: '/register/answer',
    body: withoutUndefined(body),
    signed: 'no',
    signal,
  } as const;
  const answer = await askIssuer(options.client, order.issuer, call);
  if (answer.kind === 'hindered') return answer;
  attempt.passed('challenge-answered');
  return judgeOutcome(attempt, answer.body, enrolment_id);
}

/** The invite's code itself never travels. */
function proofOf({ invite }: JoinOrder, challenge: Challenge): Pick<AnswerRequest, 'invite_proof'> {
  if (invite === null) return {};
  const hmac = createHmac('sha256', Buffer.from(invite.secret, 'utf8'));
  return { invite_proof: hmac.update(canonicalBytes(challenge)).digest('hex') };
}

function judgeOutcome({ options, order, anchor }: EnrolmentTry, body: unknown, enrolmentId: string): TryOutcome {
  const parsed = enrolmentReplySchema.safeParse(body);
  if (!parsed.success) return defect('malformed-answer');
  if (parsed.data.status === 'pending') {
    return { kind: 'pending', enrolmentId, pollAfterSeconds: parsed.data.poll_after };
  }
  const { identity, hiveTime, verify } = options;
  const isRevoked = revocationsOf(options, anchor);
  const terms = { publicKey: identity.publicKey, tier: order.tier, anchor, nowMs: hiveTime.now(), verify, isRevoked };
  const verdict = judgeIssued(parsed.data, terms);
  return verdict.kind === 'ours' ? { kind: 'issued', issued: verdict.issued } : defect(verdict.defect);
}

/** Revocations are known only of the hive that this node is, or was, a member of. */
const revocationsOf = ({ store, isRevoked }: ApplicantOptions, anchor: string): ApplicantOptions['isRevoked'] =>
  store.get().hive?.anchor === anchor ? isRevoked : () => false;

function requestOf({ identity, describeNode }: ApplicantOptions, order: JoinOrder, nonce: string): RegisterRequest {
  const { nodeName, fqdn, advertisedUrl, advertisedTls } = describeNode();
  return {
    public_key: identity.publicKey,
    sealing_key: identity.sealingKey,
    node_name: nodeName,
    tier: order.tier,
    ...(fqdn === null ? {} : { fqdn }),
    ...(advertisedUrl === null ? {} : { advertised_url: advertisedUrl }),
    ...(advertisedUrl === null || advertisedTls === null ? {} : { advertised_tls: advertisedTls }),
    ...(order.invite === null ? {} : { invite_id: order.invite.id }),
    client_nonce: nonce,
  };
}

function withoutUndefined(message: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(message).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return Object.fromEntries(entries);
}
