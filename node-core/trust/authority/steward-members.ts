import { FailureError } from '../../api/failures.ts';
import type { MemberView } from '../../api/trust-views.ts';
import type { MemberTable } from '../../storage/trust-schema.ts';
import { keepInAudit } from './audit.ts';
import { keysFrom, theOnlyKey } from './found-key.ts';
import type { StewardDesk, StewardDeskOptions } from './steward-desk.ts';

type MemberOptions = Pick<
  StewardDeskOptions,
  'storage' | 'issuer' | 'publisher' | 'federationKey' | 'hiveTime' | 'onMembersChanged' | 'log'
>;
type MemberCalls = Pick<
  StewardDesk['handlers']['calls'],
  'authority.listMembers' | 'authority.revoke' | 'authority.release'
>;

/** Lists and revokes members, and releases domains. */
export function createMemberHandlers(options: MemberOptions): MemberCalls {
  return {
    'authority.listMembers': async () => ({ members: await listMembers(options) }),
    'authority.revoke': async ({ key, reason }) => {
      await revoke(options, key, reason);
      return {};
    },
    'authority.release': async ({ fqdn }) => {
      await release(options, fqdn);
      return {};
    },
  };
}

async function listMembers({ storage, issuer, hiveTime }: MemberOptions): Promise<MemberView[]> {
  const rows = await storage.db
    .selectFrom('hive_members')
    .selectAll()
    .orderBy('joined_at')
    .orderBy('public_key')
    .execute();
  if (rows.length === 0 && issuer.standing() === null) throw new FailureError({ kind: 'not-issuing' });
  const now = hiveTime.now();
  return rows.map((row) => toView(row, now));
}

function toView(row: MemberTable, now: number): MemberView {
  return {
    publicKey: row.public_key,
    nodeName: row.node_name,
    tier: row.tier,
    state: row.state === 'active' && row.certificate_ends_at <= now ? 'ended' : row.state,
    mayIssue: row.may_issue === 1,
    fqdn: row.fqdn,
    joinedAt: row.joined_at,
    certificateEndsAt: row.certificate_ends_at,
    renewedAt: row.renewed_at,
    revokedReason: row.state === 'revoked' ? row.ended_reason : null,
  };
}

/** Repeating it does no harm: whoever saw no answer can. */
async function revoke(options: MemberOptions, prefix: string, reason: string): Promise<void> {
  const { storage, publisher, hiveTime, onMembersChanged } = options;
  const [from, below] = keysFrom(prefix);
  const rows = await storage.db
    .selectFrom('hive_members')
    .select('public_key')
    .where('public_key', '>=', from)
    .where('public_key', '<', below)
    .execute();
  const key = theOnlyKey(
    rows.map(({ public_key }) => public_key),
    'member',
  );
  await keepInAudit(storage.db, { at: hiveTime.now(), act: 'member-revoked', subject: key, detail: { reason } });
  await publisher.revoke(key, reason);
  onMembersChanged();
  await rotateAfter(options, key);
}

/** A key that is not this node's to change is no reason to fail: the member is revoked. */
async function rotateAfter({ storage, federationKey, hiveTime, log }: MemberOptions, key: string): Promise<void> {
  try {
    await federationKey.rotate();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    log.warn({ reason: error.failure.kind }, 'A member was revoked, and the federation key it knows is still in use.');
    return;
  }
  const detail = { after: 'member-revoked', member: key };
  await keepInAudit(storage.db, { at: hiveTime.now(), act: 'federation-key-rotated', subject: '', detail });
}

async function release({ storage, hiveTime }: MemberOptions, asked: string): Promise<void> {
  const fqdn = asked.trim().toLowerCase().replace(/\.$/, '');
  await storage.db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('hive_domains')
      .select('public_key')
      .where('fqdn', '=', fqdn)
      .executeTakeFirst();
    if (row === undefined) throw new FailureError({ kind: 'not-found', what: 'domain' });
    await transaction.deleteFrom('hive_domains').where('fqdn', '=', fqdn).execute();
    await transaction.updateTable('hive_members').set({ fqdn: null }).where('fqdn', '=', fqdn).execute();
    const detail = { from: row.public_key };
    await keepInAudit(transaction, { at: hiveTime.now(), act: 'domain-released', subject: fqdn, detail });
  });
}
