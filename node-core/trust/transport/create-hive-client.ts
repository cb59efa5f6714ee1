import { CertificateRefusal } from '../../platform/open-socket.ts';
import { connectionCause } from '../../platform/socket-error.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { CertificateChain } from '../../protocol/trust/certificate.ts';
import { refusalSchema } from '../../protocol/trust/enrolment.ts';
import { readWireTime } from '../../protocol/trust/wire-time.ts';
import type { HiveTime } from '../hive-time.ts';
import type { HiveAnswer, HiveCall, HiveClient, UnreachableCause } from './hive-client.ts';
import { exchange, type RawAnswer, TooLargeAnswer, UnsafeAddress } from './hive-exchange.ts';
import { knownAuthorities } from './known-authorities.ts';
import { type RequestSignerOptions, signRequest } from './sign-request.ts';

/** Longest time of one request, from the look-up of the name to the last byte of the answer, ms. */
export const answerTimeoutMs = 15_000;

/** What the client is made of. */
export interface HiveClientOptions extends Omit<RequestSignerOptions, 'hiveTime'> {
  readonly hiveTime: Pick<HiveTime, 'now' | 'learn'>;
  readonly clock: Clock;
  /** This node's own, for calls that present it. */
  readonly chain: () => CertificateChain | null;
  /** Content of the file that `HEVOLVE_CA_BUNDLE` names, or `null`. */
  readonly caBundle: string | null;
  /** Told when a signed request was taken over verified TLS: whoever took it agreed with its time. */
  readonly onAccepted?: () => void;
}

/** Makes the client (protocol.md, section 4). @throws FailureError `config-invalid` if the bundle holds no certificate */
export function createHiveClient(options: HiveClientOptions): HiveClient {
  const authorities = knownAuthorities(options.caBundle);
  const ask = async (call: HiveCall, url: URL): Promise<HiveAnswer> => {
    const over = new AbortController();
    const timer = options.clock.after(answerTimeoutMs, () => over.abort());
    try {
      const body = Buffer.from(call.body === undefined ? '' : JSON.stringify(call.body));
      const headers = headersOf(call, url, body, options);
      const order = { method: call.method, url, headers, body, pin: call.pin };
      const signal = AbortSignal.any([call.signal, over.signal]);
      return readAnswer(await exchange(order, authorities, options.clock, signal));
    } catch (error) {
      call.signal.throwIfAborted();
      return { kind: 'unreachable', cause: over.signal.aborted ? 'timeout' : causeOf(error) };
    } finally {
      timer.cancel();
    }
  };
  const heard = (answer: HiveAnswer): HiveAnswer => {
    if (answer.kind === 'answered' && answer.status >= 200 && answer.status < 300) options.onAccepted?.();
    return answer;
  };
  return {
    async request(call) {
      call.signal.throwIfAborted();
      const url = URL.parse(call.path, call.base);
      if (url === null || url.origin !== URL.parse(call.base)?.origin) return { kind: 'unreachable', cause: 'network' };
      const answer = await ask(call, url);
      if (call.signed === 'no' || url.protocol !== 'https:') return answer;
      const theirMs = statedTime(answer);
      if (theirMs === null) return heard(answer);
      options.hiveTime.learn(theirMs);
      return heard(await ask(call, url));
    },
  };
}

function headersOf(call: HiveCall, url: URL, body: Uint8Array, options: HiveClientOptions): Record<string, string> {
  const { method } = call;
  const chain = call.presentsChain === true ? options.chain() : null;
  return {
    accept: 'application/json',
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(call.etag === undefined ? {} : { 'if-none-match': call.etag }),
    ...(chain === null ? {} : { 'nunba-certificate': Buffer.from(JSON.stringify(chain)).toString('base64url') }),
    ...(call.signed === 'no' ? {} : signRequest({ method, url, body, isMembers: call.signed === 'member' }, options)),
  };
}

/** The hive time of an answer that refuses a request for its time, ms since the epoch. */
function statedTime(answer: HiveAnswer): number | null {
  if (answer.kind !== 'answered' || answer.status !== 401) return null;
  const { data } = refusalSchema.safeParse(answer.body);
  const micros = data?.reason === 'clock' && data.now !== undefined ? readWireTime(data.now) : null;
  return micros === null ? null : Math.floor(micros / 1000);
}

function readAnswer({ status, headers, body, shownPin }: RawAnswer): HiveAnswer {
  const header = (name: string): string | null => {
    const value = headers[name];
    return typeof value === 'string' ? value : null;
  };
  const parsed = body.length === 0 ? { value: null } : parseJson(header('content-type'), body);
  if (parsed === null) return { kind: 'unreachable', cause: 'not-json' };
  const seconds = /^\d{1,6}$/.exec(header('retry-after') ?? '')?.[0];
  return {
    kind: 'answered',
    status,
    body: parsed.value,
    retryAfterSeconds: seconds === undefined ? null : Number(seconds),
    etag: header('etag'),
    shownPin,
  };
}

function parseJson(contentType: string | null, body: Uint8Array): { readonly value: JsonValue } | null {
  if (!/^application\/json\s*(?:;|$)/i.test(contentType ?? '')) return null;
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return null;
  }
}

function causeOf(error: unknown): UnreachableCause {
  if (error instanceof TooLargeAnswer) return 'too-large';
  if (error instanceof UnsafeAddress || error instanceof CertificateRefusal) return 'tls';
  return connectionCause(error);
}
