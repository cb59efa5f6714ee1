import { createHash, randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { canonicalBytes } from '../../protocol/trust/canonical.ts';
import { judgeChain } from '../../protocol/trust/chain.ts';
import {
  type Challenge,
  challengeSchema,
  type RegisterReply,
  type RegisterRequest,
  registerRequestSchema,
} from '../../protocol/trust/enrolment.ts';
import { readFqdn } from '../../protocol/trust/fqdn.ts';
import { toWireTime } from '../../protocol/trust/wire-time.ts';
import type { Schema } from '../../storage/schema.ts';
import type { EnrolmentTable } from '../../storage/trust-schema.ts';
import { countedAddress } from './counted-address.ts';
import type { EnrolmentDeskOptions } from './desk-options.ts';
import { type DeskRefusal, jsonOf, refusalReply, refuse } from './desk-reply.ts';
import { enrolmentsSince, findMember, keptRequest, openChallengesOf } from './enrolment-records.ts';
import type { HiveCaller, HiveReply } from './hive-reply.ts';
import type { IssuerStanding } from './issuer-standing.ts';
import { refuseRevoked } from './refuse-revoked.ts';
import { writeTransaction } from './write-transaction.ts';

/** How long a challenge can be answered, ms. */
export const challengeForMs = 60_000;
/** Most challenges for one domain and key that one address is given in an hour. */
export const challengesPerHour = 5;
/** Most open challenges for one source address. */
export const challengesPerAddress = 20;
const hourMs = 60 * 60_000;

/** A request with what it is remembered by. */
interface Asked {
  readonly request: RegisterRequest;
  /** SHA-256 of the canonical request as it came, fields that are not known here among them. */
  readonly hash: string;
  /** The domain it claims, where domains admit. */
  readonly fqdn: string | null;
  readonly caller: HiveCaller;
  readonly nowMs: number;
}

/** Answers `POST /register`. The same request again gives the same challenge while it is open. */
export async function openChallenge(desk: EnrolmentDeskOptions, body: unknown, caller: HiveCaller): Promise<HiveReply> {
  const parsed = registerRequestSchema.safeParse(body);
  if (!parsed.success) return refusalReply(refuse('malformed'));
  const standing = desk.issuer.standing();
  if (standing === null) return refusalReply(refuse('not-issuing'));
  const request = parsed.data;
  if (request.tier !== standing.issues) return refusalReply(refuse('tier-not-offered'));
  const hash = hashOf(body);
  if (hash === null) return refusalReply(refuse('malformed'));
  const fqdn = desk.admission.modes.includes('domain') && request.fqdn ? readFqdn(request.fqdn) : null;
  if (fqdn === null && request.fqdn && desk.admission.modes.includes('domain'))
    return refusalReply(refuse('malformed'));
  const asked: Asked = { request, hash, fqdn, caller, nowMs: desk.hiveTime.now() };
  const opened = await writeTransaction(desk.storage.db, desk.clock, (transaction) =>
    open(desk, transaction, standing, asked),
  );
  return opened.kind === 'refuse' ? refusalReply(opened) : challengeReply(standing, opened.row);
}

/** Of the canonical form; `null`: what came has none, as a number beyond all bounds or half a character. */
function hashOf(body: unknown): string | null {
  try {
    return createHash('sha256').update(canonicalBytes(body)).digest('hex');
  } catch {
    return null;
  }
}

type Opened = { readonly kind: 'opened'; readonly row: EnrolmentTable } | DeskRefusal;

async function open(
  desk: EnrolmentDeskOptions,
  transaction: Transaction<Schema>,
  standing: IssuerStanding,
  asked: Asked,
): Promise<Opened> {
  const { request, nowMs, fqdn } = asked;
  const member = await findMember(transaction, request.public_key);
  const revoked = refuseRevoked(desk, standing, request.public_key, member);
  if (revoked) return revoked;
  const recent = await enrolmentsSince(transaction, request.public_key, nowMs - hourMs);
  const same = recent.find((row) => isOpenFor(row, asked));
  if (same) return { kind: 'opened', row: same };
  // By address as well: whoever only knows a key uses up nothing of its holder's.
  const from = countedAddress(asked.caller.address);
  const counted = recent.filter((row) => row.fqdn === fqdn && countedAddress(row.address) === from);
  if (counted.length >= challengesPerHour) {
    const freeAtMs = (counted.at(-challengesPerHour)?.opened_at ?? nowMs) + hourMs;
    return refuse('too-many', { retryAfterSeconds: Math.max(1, Math.ceil((freeAtMs - nowMs) / 1000)) });
  }
  if (member === null && (await isAddressBusy(transaction, asked))) {
    return refuse('too-many', { retryAfterSeconds: challengeForMs / 1000 });
  }
  await forgetOpenBefore(transaction, nowMs - hourMs);
  const row = makeRow(desk, standing, asked);
  await transaction.insertInto('hive_enrolments').values(row).execute();
  return { kind: 'opened', row };
}

/** The same request, word for word, whose challenge can still be answered. */
function isOpenFor(row: EnrolmentTable, { hash, nowMs }: Asked): boolean {
  if (row.state !== 'open' || row.challenge_ends_at <= nowMs) return false;
  return readChallenge(row).request === hash;
}

/** Whoever names a valid invite, or asks from this machine, is not counted. */
async function isAddressBusy(db: Kysely<Schema>, { request, caller, nowMs }: Asked): Promise<boolean> {
  if (caller.isLoopback) return false;
  if (request.invite_id !== undefined && (await isInviteOpen(db, request.invite_id, nowMs))) return false;
  return (await openChallengesOf(db, caller.address, nowMs)) >= challengesPerAddress;
}

async function isInviteOpen(db: Kysely<Schema>, id: string, nowMs: number): Promise<boolean> {
  const invite = await db
    .selectFrom('hive_invites')
    .select(['uses'])
    .where('id', '=', id)
    .where('expires_at', '>', nowMs)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (!invite) return false;
  const { used } = await db
    .selectFrom('hive_invite_uses')
    .select((select) => select.fn.countAll<number>().as('used'))
    .where('invite_id', '=', id)
    .executeTakeFirstOrThrow();
  return used < invite.uses;
}

/** Challenges that nobody answered are needed no longer than they are counted. */
async function forgetOpenBefore(transaction: Transaction<Schema>, before: number): Promise<void> {
  await transaction.deleteFrom('hive_enrolments').where('state', '=', 'open').where('opened_at', '<', before).execute();
}

/**
 * How long ago a certificate may have ended, and its member still move without a question, ms. A revocation is listed for
 * 24 h after the end of what it is about; beyond that nobody here can know of it. An hour is for lists on their way.
 */
const moveGraceMs = 23 * hourMs;

/**
 * Whether the caller shows that it is a local of this hive whose parent was another. Locals of a revoked parent move by
 * themselves as well; who has stolen that one's key could make such locals until its certificate has ended, so stewards
 * who revoke for that reason set `--adopt ask`.
 */
function isMove(desk: EnrolmentDeskOptions, standing: IssuerStanding, { request, caller, nowMs }: Asked): boolean {
  if (caller.presented === undefined) return false;
  const { revocations, verify } = desk;
  const verdict = judgeChain(caller.presented, {
    anchor: standing.hive,
    nowMs,
    verify,
    endedLeafGraceMs: moveGraceMs,
    isRevoked: (publicKey, serial, parentKey) =>
      publicKey === request.public_key && revocations.reasonFor(publicKey, serial, parentKey) !== null,
  });
  if (verdict.kind !== 'valid') return false;
  const { public_key, tier } = verdict.chain.certificate;
  return public_key === request.public_key && tier === request.tier;
}

function makeRow(desk: EnrolmentDeskOptions, standing: IssuerStanding, asked: Asked): EnrolmentTable {
  const { request, hash, fqdn, caller, nowMs } = asked;
  const challenge: Challenge = {
    nonce: randomBytes(16).toString('hex'),
    client_nonce: request.client_nonce,
    hive: standing.hive,
    issuer_public_key: desk.identity.publicKey,
    subject_public_key: request.public_key,
    request: hash,
    issued_at: toWireTime(nowMs),
    expires_at: toWireTime(nowMs + challengeForMs),
  };
  return {
    id: randomBytes(16).toString('hex'),
    public_key: request.public_key,
    request_json: keptRequest(request, isMove(desk, standing, asked)),
    challenge_json: JSON.stringify(challenge),
    challenge_signature: desk.identity.sign('challenge', challenge),
    address: caller.address.slice(0, 100),
    fqdn,
    opened_at: nowMs,
    challenge_ends_at: nowMs + challengeForMs,
    state: 'open',
    may_issue: 0,
    pending_since: null,
    decided_at: null,
    decided_reason: null,
  };
}

function challengeReply({ processChain }: IssuerStanding, row: EnrolmentTable): HiveReply {
  const reply: RegisterReply = {
    enrolment_id: row.id,
    challenge: readChallenge(row),
    challenge_signature: row.challenge_signature,
    issuers: [processChain.certificate, ...processChain.issuers],
  };
  return { status: 200, body: jsonOf(reply) };
}

const readChallenge = (row: EnrolmentTable): Challenge => challengeSchema.parse(JSON.parse(row.challenge_json));
