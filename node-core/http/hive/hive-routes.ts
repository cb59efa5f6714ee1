import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EnrolmentDesk, ProvenMember } from '../../trust/authority/enrolment-desk.ts';
import type { HiveCaller, HiveReply } from '../../trust/authority/hive-reply.ts';
import { presentedChain } from '../../trust/transport/caller-chain.ts';
import type { RequestTerms, RequestVerdict } from '../../trust/transport/request-judge.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { type AddressLimiter, createAddressLimiter } from './address-limiter.ts';
import { callerOf, countedAs } from './caller-address.ts';
import { refusal, sendReply, unsigned } from './hive-answer.ts';
import type { HiveHttpNode } from './hive-http-node.ts';
import { ownAuthorities } from './own-authorities.ts';

/** Requests a minute from the address of somebody who is no member: what makes work, and what is only read. */
const strangersWork = { perMinute: 300, mostAddresses: 20_000 };
const strangersReading = { perMinute: 1_200, mostAddresses: 20_000 };

type Proven = Extract<RequestVerdict, { kind: 'proven' }>;
type Handler = (request: FastifyRequest, desk: EnrolmentDesk) => Promise<HiveReply>;

/** The routes of the hive listener that answer with JSON (protocol.md, section 9). */
export function addHiveRoutes(app: FastifyInstance, node: HiveHttpNode): void {
  const work = createAddressLimiter(node.clock, strangersWork);
  const reading = createAddressLimiter(node.clock, strangersReading);
  const renewing: RequestTerms = { chain: 'known', endedLeafGraceMs: node.renewalGraceMs, federation: 'not-asked' };
  const caller = (request: FastifyRequest): HiveCaller => callerOf(request.raw, node.trustedProxies);

  const limited =
    (limiter: AddressLimiter, handle: Handler) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const { address, isLoopback } = caller(request);
      const waitSeconds = isLoopback ? null : limiter.take(countedAs(address));
      if (waitSeconds !== null) return sendReply(reply, refusal('too-many', 'Too many requests.', waitSeconds));
      const desk = node.desk();
      if (desk === null) return sendReply(reply, refusal('not-issuing', 'This node issues nothing.'));
      return sendReply(reply, await handle(request, desk));
    };
  const signed = async (
    request: FastifyRequest,
    terms: RequestTerms,
    handle: (proven: Proven) => Promise<HiveReply>,
  ): Promise<HiveReply> => {
    const verdict = await node.judge.judge(receivedOf(request, node), terms);
    if (verdict.kind === 'refused') return unsigned(verdict.reason, verdict.sentence, node.judge.now());
    if (verdict.chain !== null) work.giveBack(countedAs(caller(request).address));
    return handle(verdict);
  };
  const asMember = (
    request: FastifyRequest,
    handle: (member: ProvenMember) => Promise<HiveReply>,
  ): Promise<HiveReply> =>
    signed(request, renewing, async ({ publicKey, chain }) =>
      chain === null ? refusal('not-a-member', 'No certificate was shown.') : handle({ publicKey, chain }),
    );

  app.post(
    '/register',
    limited(work, (request, desk) =>
      desk.register(bodyOf(request), { ...caller(request), presented: presentedChain(request) }),
    ),
  );
  app.post(
    '/register/answer',
    limited(work, (request, desk) => desk.answer(bodyOf(request), caller(request))),
  );
  app.get<{ Params: { id: string } }>('/register/:id', async (request, reply) => {
    const poll: Handler = (_, desk) =>
      signed(request, { chain: 'not-needed', federation: 'not-asked' }, ({ publicKey }) =>
        desk.poll(request.params.id, publicKey),
      );
    return limited(work, poll)(request, reply);
  });
  app.post(
    '/renew',
    limited(work, (request, desk) => asMember(request, (member) => desk.renew(bodyOf(request), member))),
  );
  app.post(
    '/leave',
    limited(work, (request, desk) => asMember(request, (member) => desk.leave(member))),
  );
  app.get(
    '/revocations',
    limited(reading, (request, desk) => desk.revocations(afterOf(request), etagOf(request))),
  );
}

const textIn = (query: unknown, name: string): string | null => {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, name) : null;
  return typeof value === 'string' ? value : null;
};
const afterOf = (request: FastifyRequest): string | null => textIn(request.query, 'after');
const etagOf = (request: FastifyRequest): string | null => request.headers['if-none-match'] ?? null;

/** The raw bytes; the listener's parser leaves them as they came. */
const bytesOf = (request: FastifyRequest): Uint8Array =>
  request.body instanceof Uint8Array ? request.body : new Uint8Array();

function bodyOf(request: FastifyRequest): unknown {
  const bytes = bytesOf(request);
  try {
    return bytes.length === 0 ? null : JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HttpRefusal(400, 'The body is not JSON.', { code: 'malformed' });
  }
}

const receivedOf = (request: FastifyRequest, node: HiveHttpNode) => ({
  method: request.method,
  target: request.raw.url ?? '',
  headers: request.raw.headers,
  body: bytesOf(request),
  authorities: ownAuthorities(request.raw.socket, node.publicUrls),
});
