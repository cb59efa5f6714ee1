import type { Kysely } from 'kysely';
import { FailureError } from '../../api/failures.ts';
import type { InviteView } from '../../api/trust-views.ts';
import type { MemberTier } from '../../protocol/trust/certificate.ts';
import { writeJoinLink, writeJoinPage } from '../../protocol/trust/join-link.ts';
import type { Schema } from '../../storage/schema.ts';
import { keepInAudit } from './audit.ts';
import type { IssuerStanding } from './issuer-standing.ts';
import type { IssuerAddress, StewardDesk, StewardDeskOptions } from './steward-desk.ts';

const idChars = 'abcdefghijklmnopqrstuvwxyz0123456789';
const idLength = 16;
const secretBytes = 24;
/**
 * How long the secret of an invite stays after its end, ms: so long its holder is told why it opens nothing. One that is
 * used up opens nothing either, but its member may have lost the answer and ask again until it ends.
 */
const secretAfterEndMs = 30 * 24 * 60 * 60_000;

type InviteOptions = Pick<StewardDeskOptions, 'storage' | 'issuer' | 'address' | 'hiveTime' | 'randomBytes'>;
type InviteCalls = Pick<
  StewardDesk['handlers']['calls'],
  'authority.createInvite' | 'authority.listInvites' | 'authority.revokeInvite'
>;

/** Makes, lists and revokes invites. The secret is shown once, in the link. */
export function createInviteHandlers(options: InviteOptions): InviteCalls {
  const { storage, hiveTime } = options;
  return {
    'authority.createInvite': async ({ tier, uses, expiresInSeconds, mayIssue }) => {
      const { standing, address } = issuingAt(options);
      const givenTier = tierFor(standing, tier, mayIssue);
      const now = hiveTime.now();
      const invite = {
        id: makeInviteId(options.randomBytes),
        secret: Buffer.from(options.randomBytes(secretBytes)).toString('base64url'),
        tier: givenTier,
        may_issue: mayIssue ? 1 : 0,
        uses,
        created_at: now,
        expires_at: now + expiresInSeconds * 1000,
        revoked_at: null,
      };
      await storage.db.transaction().execute(async (transaction) => {
        await forgetEndedSecrets(transaction, now);
        await transaction.insertInto('hive_invites').values(invite).execute();
        const detail = { tier: givenTier, uses, mayIssue, expiresAt: invite.expires_at };
        await keepInAudit(transaction, { at: now, act: 'invite-created', subject: invite.id, detail });
      });
      return { invite: toView(invite, [], now), ...linksOf(standing, address, invite) };
    },
    'authority.listInvites': async () => ({ invites: await listInvites(options) }),
    'authority.revokeInvite': async ({ id }) => {
      const now = hiveTime.now();
      await storage.db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('hive_invites')
          .select('revoked_at')
          .where('id', '=', id)
          .executeTakeFirst();
        if (row === undefined) throw new FailureError({ kind: 'not-found', what: 'invite' });
        if (row.revoked_at !== null) return;
        await transaction.updateTable('hive_invites').set({ revoked_at: now }).where('id', '=', id).execute();
        await keepInAudit(transaction, { at: now, act: 'invite-revoked', subject: id, detail: {} });
      });
      return {};
    },
  };
}

function issuingAt({ issuer, address }: InviteOptions): { standing: IssuerStanding; address: IssuerAddress } {
  const standing = issuer.standing();
  if (standing === null) throw new FailureError({ kind: 'not-issuing' });
  const at = address();
  if (at === null) throw new FailureError({ kind: 'no-public-address' });
  return { standing, address: at };
}

/** Refuses what this issuer could never honour, before somebody is sent a link. */
function tierFor({ issues }: IssuerStanding, asked: MemberTier | null, mayIssue: boolean): MemberTier {
  const refuse = (field: string, reason: string): FailureError =>
    new FailureError({ kind: 'invalid-input', field, reason });
  if (asked !== null && asked !== issues) throw refuse('tier', `not what this node issues, which is ${issues}`);
  if (mayIssue && issues === 'local') throw refuse('mayIssue', 'not for a local, which never issues certificates');
  return issues;
}

interface StoredInvite {
  readonly id: string;
  readonly secret: string;
  readonly tier: MemberTier;
  readonly may_issue: number;
  readonly uses: number;
  readonly created_at: number;
  readonly expires_at: number;
  readonly revoked_at: number | null;
}

function linksOf(
  standing: IssuerStanding,
  { url, pin, name }: IssuerAddress,
  invite: StoredInvite,
): { link: string; page: string } {
  const { id, secret, tier } = invite;
  const link = { at: url.replace(/\/$/, ''), anchor: standing.hive, tier, invite: { id, secret }, name, tls: pin };
  return { link: writeJoinLink(link), page: writeJoinPage(link) };
}

async function forgetEndedSecrets(db: Kysely<Schema>, now: number): Promise<void> {
  const before = now - secretAfterEndMs;
  await db
    .updateTable('hive_invites')
    .set({ secret: '' })
    .where('secret', '!=', '')
    .where((where) => where.or([where('expires_at', '<', before), where('revoked_at', '<', before)]))
    .execute();
}

async function listInvites({ storage, issuer, hiveTime }: InviteOptions): Promise<InviteView[]> {
  await forgetEndedSecrets(storage.db, hiveTime.now());
  const invites = await storage.db
    .selectFrom('hive_invites')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  if (invites.length === 0 && issuer.standing() === null) throw new FailureError({ kind: 'not-issuing' });
  const uses = await storage.db
    .selectFrom('hive_invite_uses')
    .select(['invite_id', 'public_key'])
    .orderBy('used_at')
    .orderBy('public_key')
    .execute();
  const usersOf = Map.groupBy(uses, ({ invite_id }) => invite_id);
  const now = hiveTime.now();
  return invites.map((invite) => {
    const usedBy = (usersOf.get(invite.id) ?? []).map(({ public_key }) => public_key);
    return toView(invite, usedBy, now);
  });
}

function toView(invite: StoredInvite, usedBy: string[], now: number): InviteView {
  return {
    id: invite.id,
    tier: invite.tier,
    state: stateOf(invite, usedBy.length, now),
    uses: invite.uses,
    usedBy,
    mayIssue: invite.may_issue === 1,
    createdAt: invite.created_at,
    expiresAt: invite.expires_at,
  };
}

function stateOf(invite: StoredInvite, used: number, now: number): InviteView['state'] {
  if (invite.revoked_at !== null) return 'revoked';
  if (used >= invite.uses) return 'used';
  return invite.expires_at <= now ? 'expired' : 'open';
}

/** Each character equally likely: bytes that would favour the first ones are left out. */
function makeInviteId(randomBytes: (sizeBytes: number) => Uint8Array): string {
  const fair = 256 - (256 % idChars.length);
  let id = '';
  while (id.length < idLength) {
    for (const byte of randomBytes(idLength)) if (byte < fair) id += idChars[byte % idChars.length];
  }
  return id.slice(0, idLength);
}
