import { locateHost } from '../../../protocol/location.ts';
import { type IncomingAnswer, sendOver } from '../../models/send-request.ts';
import { downloadFailed, transferFailure } from './download-failures.ts';
import type { DownloadMeans, DownloadOrder } from './download-order.ts';
import { openRoute } from './open-route.ts';

/** How often a file may be said to be elsewhere. */
const redirectsAtMost = 5;

/** From where on a file is wanted. */
export interface WantedPart {
  readonly fromByte: number;
  /** What the first part was; `null`: it had no mark, or came from another address. */
  readonly validator: string | null;
}

/** Who gives the file in the end, and what was said before its first byte. */
export interface PartAnswer {
  readonly host: string;
  readonly answer: IncomingAnswer;
}

/**
 * Asks for a file, or the rest of it, and follows redirects. Rejects with a `download-failed`, unless the answer is 200,
 * 206 or 416.
 */
export async function requestPart(order: DownloadOrder, wanted: WantedPart, means: DownloadMeans): Promise<PartAnswer> {
  let url = order.url;
  for (let turn = 0; turn <= redirectsAtMost; turn += 1) {
    refuseUnsafe(url, order);
    const answer = await ask(url, { order, wanted, means });
    if (![301, 302, 303, 307, 308].includes(answer.status)) return { host: url.host, answer: accepted(answer, url) };
    answer.close();
    const next = answer.header('location');
    if (next === null || !URL.canParse(next, url.href)) throw downloadFailed(url.host, 'redirects');
    url = new URL(next, url);
  }
  throw downloadFailed(url.host, 'redirects');
}

/** Nobody in between may lead a download from the net to where it is not protected, or into the person's own network. */
function refuseUnsafe(url: URL, { url: first, mayBePlain }: DownloadOrder): void {
  const isNear = (each: URL): boolean => locateHost(each.hostname).kind !== 'cloud';
  const isKnown = url.host === first.host;
  const isPlainAllowed =
    first.protocol === 'http:' && (locateHost(url.hostname).kind === 'this-computer' || (mayBePlain && isKnown));
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isPlainAllowed);
  if (!isSafe || (isNear(url) && !isNear(first))) throw downloadFailed(url.host, 'unsafe');
}

interface Question {
  readonly order: DownloadOrder;
  readonly wanted: WantedPart;
  readonly means: DownloadMeans;
}

async function ask(url: URL, { order, wanted, means }: Question): Promise<IncomingAnswer> {
  const { signal } = order;
  try {
    const route = await openRoute(url, means, signal);
    const endpoint = { url, trustedCertificate: null };
    const headers = { accept: '*/*', 'user-agent': 'Nunba', ...rangeHeaders(wanted), ...route.headers };
    const request = { method: 'GET' as const, path: route.target, headers, body: null };
    return await sendOver(route.socket, endpoint, request, means.clock);
  } catch (error) {
    signal.throwIfAborted();
    throw transferFailure(error, url.host);
  }
}

const rangeHeaders = ({ fromByte, validator }: WantedPart): Record<string, string> =>
  fromByte === 0 ? {} : { range: `bytes=${fromByte}-`, ...(validator === null ? {} : { 'if-range': validator }) };

function accepted(answer: IncomingAnswer, url: URL): IncomingAnswer {
  const { status } = answer;
  if (status === 200 || status === 206 || status === 416) return answer;
  answer.close();
  if (status === 401 || status === 403) throw downloadFailed(url.host, 'not-allowed', String(status));
  if (status === 404 || status === 410) throw downloadFailed(url.host, 'missing', String(status));
  if (status === 407) throw downloadFailed(url.host, 'proxy', String(status));
  if ([408, 429, 500, 502, 503, 504].includes(status)) throw downloadFailed(url.host, 'busy', String(status));
  throw downloadFailed(url.host, 'status', String(status));
}
