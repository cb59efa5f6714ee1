import { FailureError } from '../../api/failures.ts';
import type { RequestView } from '../../api/trust-views.ts';
import { pendingForMs } from '../../protocol/trust/admission.ts';
import { registerRequestSchema } from '../../protocol/trust/enrolment.ts';
import type { EnrolmentTable } from '../../storage/trust-schema.ts';
import { keepInAudit } from './audit.ts';
import { keysFrom, theOnlyKey } from './found-key.ts';
import type { StewardDesk, StewardDeskOptions } from './steward-desk.ts';

type RequestOptions = Pick<StewardDeskOptions, 'storage' | 'issuer' | 'hiveTime' | 'wordsOf'>;
type RequestCalls = Pick<
  StewardDesk['handlers']['calls'],
  'authority.listRequests' | 'authority.approve' | 'authority.reject'
>;

/** Lists and decides what waits for a steward. A decision is a state of the enrolment; the enrolment desk acts on it. */
export function createRequestHandlers(options: RequestOptions): RequestCalls {
  const { storage, hiveTime } = options;
  return {
    'authority.listRequests': async () => ({ requests: await listRequests(options) }),
    'authority.approve': async ({ id, mayIssue }) => {
      const request = await findRequest(options, id, ['pending']);
      const { tier, node_name } = registerRequestSchema.parse(JSON.parse(request.request_json));
      if (mayIssue && tier === 'local') {
        throw new FailureError({
          kind: 'invalid-input',
          field: 'mayIssue',
          reason: 'not for a local, which never issues certificates',
        });
      }
      const now = hiveTime.now();
      await storage.db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('hive_enrolments')
          .set({ state: 'approved', may_issue: mayIssue ? 1 : 0, decided_at: now })
          .where('id', '=', request.id)
          .where('state', '=', 'pending')
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) throw new FailureError({ kind: 'not-found', what: 'request' });
        const detail = { enrolment: request.id, nodeName: node_name, tier, mayIssue };
        await keepInAudit(transaction, { at: now, act: 'request-approved', subject: request.public_key, detail });
      });
      return {};
    },
    'authority.reject': async ({ id, reason }) => {
      const request = await findRequest(options, id, ['pending', 'approved']);
      const now = hiveTime.now();
      await storage.db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('hive_enrolments')
          .set({ state: 'rejected', decided_at: now, decided_reason: reason })
          .where('id', '=', request.id)
          .where('state', 'in', ['pending', 'approved'])
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) throw new FailureError({ kind: 'not-found', what: 'request' });
        const detail = { enrolment: request.id, reason };
        await keepInAudit(transaction, { at: now, act: 'request-rejected', subject: request.public_key, detail });
      });
      return {};
    },
  };
}

/** For how many of those that wait longest a list has the words. */
const mostWithWords = 50;

async function listRequests({ storage, issuer, hiveTime, wordsOf }: RequestOptions): Promise<RequestView[]> {
  const rows = await storage.db
    .selectFrom('hive_enrolments')
    .selectAll()
    .where('state', '=', 'pending')
    .where('pending_since', '>', hiveTime.now() - pendingForMs)
    .orderBy('pending_since')
    .orderBy('id')
    .execute();
  if (rows.length === 0 && issuer.standing() === null) throw new FailureError({ kind: 'not-issuing' });
  const requests: RequestView[] = [];
  // One after another: the words of a key take 64 MB and a fraction of a second. Later ones get theirs in their turn.
  for (const [place, row] of rows.entries()) {
    requests.push(toView(row, place < mostWithWords ? await wordsOf(row.public_key) : null));
  }
  return requests;
}

function toView(row: EnrolmentTable, words: readonly string[] | null): RequestView {
  const request = registerRequestSchema.parse(JSON.parse(row.request_json));
  const askedAt = row.pending_since ?? row.opened_at;
  return {
    id: row.id,
    publicKey: row.public_key,
    words: words && [...words],
    nodeName: request.node_name,
    tier: request.tier,
    fqdn: row.fqdn,
    address: row.address,
    askedAt,
    expiresAt: askedAt + pendingForMs,
  };
}

/** By the id of the enrolment, or by the beginning of the key: then the newest one of that key. */
async function findRequest(
  { storage, hiveTime }: RequestOptions,
  id: string,
  states: readonly EnrolmentTable['state'][],
): Promise<EnrolmentTable> {
  const [from, below] = keysFrom(id);
  const rows = await storage.db
    .selectFrom('hive_enrolments')
    .selectAll()
    .where('state', 'in', states)
    .where('pending_since', '>', hiveTime.now() - pendingForMs)
    .where((where) =>
      where.or([where('id', '=', id), where.and([where('public_key', '>=', from), where('public_key', '<', below)])]),
    )
    .orderBy('pending_since', 'desc')
    .orderBy('id')
    .execute();
  const exact = rows.find((row) => row.id === id);
  if (exact) return exact;
  const key = theOnlyKey(
    rows.map(({ public_key }) => public_key),
    'request',
  );
  const newest = rows.find(({ public_key }) => public_key === key);
  if (newest === undefined) throw new FailureError({ kind: 'not-found', what: 'request' });
  return newest;
}
