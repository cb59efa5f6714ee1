import { z } from 'zod';
import type { Failure } from '../../api/failures.ts';
import { scrubDetail } from './scrub.ts';

/** An HTTP answer other than 2xx. */
export interface Refusal {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly location: string | null;
  /** At most the first 64 KiB. */
  readonly body: string;
}

/** Who refused what. */
export interface RefusalContext {
  readonly host: string;
  /** `null`: the request named no model. */
  readonly model: string | null;
  readonly key: string | null;
  /** ms since the epoch, for dates in Retry-After */
  readonly now: number;
}

const text = z.string().catch('');
const errorSchema = z.object({
  message: text,
  code: z.union([z.string(), z.number()]).nullish().catch(null),
  type: text,
  status: text,
  details: z.array(z.object({ reason: text, retryDelay: text }).catch({ reason: '', retryDelay: '' })).catch([]),
});
type ProviderError = z.infer<typeof errorSchema>;

/** The error as its three wire formats and the programs on loopback write it; a list of one, too (Google). */
export function readProviderError(body: string): ProviderError {
  const nothing: ProviderError = { message: '', code: null, type: '', status: '', details: [] };
  const parsed = parseJson(body);
  const root = Array.isArray(parsed) ? parsed[0] : parsed;
  if (typeof root !== 'object' || root === null) return nothing;
  const inner: unknown = 'error' in root ? root.error : root;
  if (typeof inner === 'string') return { ...nothing, message: inner };
  return errorSchema.catch(nothing).parse(inner);
}

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

const contextFull =
  /context[ _-]?(?:length|window|size)|maximum (?:context|prompt)|prompt is too long|input token count|too many (?:input )?tokens|exceed_context/i;
const keyRefused = /api[ _]key not valid|api_key_invalid|invalid[ _]api[ _]key|invalid_api_key/i;
const modelUnknown = /model_not_found|\bmodels?\b.*(?:not found|not exist|unknown)|(?:unknown|no such|invalid) model/i;
/** Anthropic says no more than `model: <name>`. */
const modelNamed = /\bmodel: \S/;

/** What a refusal means to the person. Pure. */
export function refusalFailure(refusal: Refusal, context: RefusalContext): Failure {
  const error = readProviderError(refusal.body);
  const words = [error.message, error.code ?? '', error.type, error.status, ...error.details.map((each) => each.reason)]
    .join(' ')
    .trim();
  const { status } = refusal;
  const { host, key, model } = context;
  if (status === 401 || status === 403 || keyRefused.test(words)) {
    return { kind: 'model-refused-key', host, hasKey: key !== null };
  }
  if (status === 429 && error.code !== 'insufficient_quota') {
    const retryAfterSeconds = retryAfterOf(refusal.retryAfter, context.now) ?? retryDelayOf(error);
    return { kind: 'model-rate-limited', host, retryAfterSeconds };
  }
  if (model !== null && status >= 400 && contextFull.test(words)) {
    return { kind: 'model-context-full', host, model: model.slice(0, 300) };
  }
  if (model !== null && isModelUnknown(status, words)) {
    return { kind: 'model-unknown', host, model: model.slice(0, 300) };
  }
  return { kind: 'model-error', host, status, detail: detailOf(refusal, error, key) };
}

const isModelUnknown = (status: number, words: string): boolean =>
  (status === 404 && (modelUnknown.test(words) || modelNamed.test(words))) ||
  (status === 400 && modelUnknown.test(words));

const detailOf = (refusal: Refusal, error: ProviderError, key: string | null): string => {
  if (refusal.status >= 300 && refusal.status < 400) {
    return scrubDetail(`the address has moved to ${refusal.location ?? 'somewhere else'}.`, key);
  }
  const said = scrubDetail(error.message, key);
  return said === '' ? `it answered with status ${refusal.status}.` : said;
};

/** Seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), `null` if it cannot be read. */
export function retryAfterOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\s*\d{1,9}(?:\.\d+)?\s*$/.test(header)) return Math.ceil(Number(header));
  const at = /[a-z]{3}/i.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}

/** Google says it in the body: `retryDelay: "17s"`. */
const retryDelayOf = (error: ProviderError): number | null => {
  const seconds = error.details.map((each) => /^(\d+(?:\.\d+)?)s$/.exec(each.retryDelay)?.[1]).find(Boolean);
  return seconds === undefined ? null : Math.ceil(Number(seconds));
};

/** Whether a refusal says that the model cannot be offered tools. */
export function refusesTools(failure: Failure): boolean {
  return (
    failure.kind === 'model-error' &&
    failure.status !== null &&
    failure.status >= 400 &&
    failure.status < 502 &&
    /\b(?:tools?|functions?)\b.*\bnot\b.*\bsupport|not support.*\b(?:tools?|function)|\bno\b.*\btool support|--jinja|tool-call-parser/i.test(
      failure.detail,
    )
  );
}
