import type { FastifyReply } from 'fastify';
import type { ReportBug } from '../../api/server.ts';
import { type EnrolmentRefusal, enrolmentRefusals } from '../../protocol/trust/enrolment.ts';
import { toWireTime } from '../../protocol/trust/wire-time.ts';
import type { HiveReply } from '../../trust/authority/hive-reply.ts';
import type { RequestRefusal } from '../../trust/transport/request-judge.ts';
import { toErrorAnswer } from '../error-answer.ts';

/** Sends what the domain answers, as it is. */
export function sendReply(reply: FastifyReply, { status, body, retryAfterSeconds, etag }: HiveReply): FastifyReply {
  reply.code(status);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  if (etag !== undefined) reply.header('etag', etag);
  // Serialised here, so that a text or `null` is JSON as well.
  return status === 304 ? reply.send() : reply.type('application/json').send(JSON.stringify(body));
}

/** A refusal of the listener itself; `reason` as in enrolment. */
export function refusal(reason: EnrolmentRefusal, error: string, retryAfterSeconds?: number): HiveReply {
  const body = { reason, error: error.slice(0, 500) };
  return { status: enrolmentRefusals[reason], body, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

/** What a caller is told whose signed request was refused. @param nowMs hive time, stated to those whose clock is wrong */
export function unsigned(reason: RequestRefusal, sentence: string, nowMs: number): HiveReply {
  if (reason === 'federation-key') return { status: 401, body: { reason, error: sentence } };
  const { status, body } = refusal(reason, sentence);
  const said = { reason, error: sentence.slice(0, 500) };
  return { status, body: reason === 'clock' ? { ...said, now: toWireTime(nowMs) } : body };
}

const reasons: Readonly<Record<number, string>> = { 400: 'malformed', 413: 'too-large', 415: 'malformed' };

/** What a caller is told about an error; what nobody foresaw is reported. */
export function errorReply(error: unknown, reportBug: ReportBug, where: string): HiveReply {
  const { status, message, code, retryAfterSeconds } = toErrorAnswer(error, reportBug, where);
  const body = { reason: code ?? reasons[status] ?? 'refused', error: message.slice(0, 500) };
  return { status, body, ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }) };
}
