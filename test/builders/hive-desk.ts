import { onTestFinished } from 'vitest';
import type { CertificateChain } from '../../node-core/protocol/trust/certificate.ts';
import type { EnrolmentDesk, ProvenMember } from '../../node-core/trust/authority/enrolment-desk.ts';
import type { HiveReply } from '../../node-core/trust/authority/hive-reply.ts';
import type { HiveAnswer, HiveCall, HiveClient } from '../../node-core/trust/transport/hive-client.ts';
import { createFakeClock, type FakeClock } from '../doubles/clock.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { type ComposedDesk, composeDesk, type DeskParts } from './compose-desk.ts';
import { tempFolder } from './temp-folder.ts';

/** 1 June 2026, noon. */
export const deskNoonMs = Date.UTC(2026, 5, 1, 12);

/** A desk of a test. */
export interface HiveDesk extends ComposedDesk {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly log: ReturnType<typeof createRecordedLog>;
  /** Makes an invite; what of it the test does not say is for one regional and a day. */
  invite(terms?: InviteTerms): Promise<StoredInvite>;
  /** Many at once, one for each id. */
  invites(ids: readonly string[], terms?: Omit<InviteTerms, 'id'>): Promise<StoredInvite[]>;
}

interface StoredInvite {
  readonly id: string;
  readonly secret: string;
}

interface InviteTerms {
  readonly id?: string;
  readonly tier?: 'regional' | 'local';
  readonly uses?: number;
  readonly mayIssue?: boolean;
  /** From now on. */
  readonly expiresInMs?: number;
}

/** A desk over a real database in a folder of the test; closed when the test ends. */
export async function openHiveDesk(parts: Partial<DeskParts> & { readonly clock?: FakeClock } = {}): Promise<HiveDesk> {
  const { folder = tempFolder(), clock = createFakeClock(deskNoonMs) } = parts;
  const log = createRecordedLog();
  const composed = await composeDesk({ log, ...parts, folder, clock });
  onTestFinished(() => composed.close());
  const invites: HiveDesk['invites'] = async (ids, terms = {}) => {
    const rows = ids.map((id) => inviteRow(id, clock.now(), terms));
    await composed.storage.db.insertInto('hive_invites').values(rows).execute();
    return rows.map(({ id, secret }) => ({ id, secret }));
  };
  return {
    ...composed,
    folder,
    clock,
    log,
    invites,
    async invite({ id = 'invite0000000001', ...terms } = {}) {
      await invites([id], terms);
      return { id, secret: secretOf(id) };
    },
  };
}

const secretOf = (id: string): string => `secret-of-${id}`;

const inviteRow = (
  id: string,
  now: number,
  { tier = 'regional', uses = 1, mayIssue = false, expiresInMs = 86_400_000 }: Omit<InviteTerms, 'id'>,
) => ({
  id,
  secret: secretOf(id),
  tier,
  may_issue: mayIssue ? 1 : 0,
  uses,
  created_at: now,
  expires_at: now + expiresInMs,
  revoked_at: null,
});

/** Who calls, for a client that goes straight to a desk. */
interface DeskCallers {
  readonly address?: string;
  readonly isLoopback?: boolean;
  /** Whose signed requests these are; the desk believes it, as the guard in front of it would have proven it. */
  readonly publicKey?: string;
  /** What the caller presents; `null`: it has no certificate yet. */
  readonly chain?: () => CertificateChain | null;
}

/** A HiveClient that carries calls straight to a desk: no HTTP, no TLS; a signed call without a member is 401. */
export function deskClient(desk: EnrolmentDesk, callers: DeskCallers = {}): HiveClient {
  const caller = { address: callers.address ?? '127.0.0.1', isLoopback: callers.isLoopback ?? true };
  const unsigned: HiveReply = { status: 401, body: { reason: 'not-signed', error: 'It is not signed.' } };
  const { publicKey } = callers;
  const asMember = async (call: HiveCall, work: (member: ProvenMember) => Promise<HiveReply>): Promise<HiveReply> => {
    const chain = callers.chain?.() ?? null;
    return call.signed === 'no' || publicKey === undefined || chain === null ? unsigned : work({ publicKey, chain });
  };
  const route = (call: HiveCall): Promise<HiveReply> => {
    const { pathname, searchParams } = new URL(call.path, call.base);
    const enrolment = /^\/register\/([0-9a-f]{32})$/.exec(pathname)?.[1];
    if (call.method === 'GET' && enrolment) {
      return call.signed === 'no' || publicKey === undefined
        ? Promise.resolve(unsigned)
        : desk.poll(enrolment, publicKey);
    }
    switch (`${call.method} ${pathname}`) {
      case 'POST /register':
        return desk.register(call.body, caller);
      case 'POST /register/answer':
        return desk.answer(call.body, caller);
      case 'POST /renew':
        return asMember(call, (member) => desk.renew(call.body, member));
      case 'POST /leave':
        return asMember(call, (member) => desk.leave(member));
      case 'GET /revocations':
        return desk.revocations(searchParams.get('after'), call.etag ?? null);
      default:
        return Promise.resolve({ status: 404, body: { reason: 'not-found', error: 'There is no such route.' } });
    }
  };
  return {
    async request(call) {
      call.signal.throwIfAborted();
      return toAnswer(await route(call), call.pin);
    },
  };
}

const toAnswer = (reply: HiveReply, shownPin: string | null): HiveAnswer => ({
  kind: 'answered',
  status: reply.status,
  // As it would be after its way over the wire.
  body: JSON.parse(JSON.stringify(reply.body)),
  retryAfterSeconds: reply.retryAfterSeconds ?? null,
  etag: reply.etag ?? null,
  shownPin,
});
