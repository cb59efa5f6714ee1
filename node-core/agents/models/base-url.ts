import type { ProviderDraft } from '../../api/model-views.ts';

/** The wire formats; the engine of this computer speaks none. */
export type ProviderKind = ProviderDraft['kind'];

/** Where the three cloud services are, as far as the version. */
export const cloudUrls: Readonly<Record<Exclude<ProviderKind, 'openai-compatible'>, string>> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta',
};

export type BaseUrl =
  | { readonly kind: 'ok'; readonly url: string }
  /** `reason` completes “The address …”. */
  | { readonly kind: 'bad'; readonly reason: string };

const maxUrlChars = 500;

/** Tails that people copy along with the base address. */
const copiedTails =
  /\/(?:chat\/completions|completions|responses|embeddings|messages|models(?:\/[^/]+:(?:streamG|g)enerateContent)?)$/;

/**
 * The base address of a provider from what a person typed or pasted: white space and quotation marks around it, a
 * missing scheme, a trailing slash, the path of a call, a query or a fragment are put right; `/v1` is not guessed.
 * Idempotent. A missing scheme becomes http where the
 * name has no dot, ends in `.local` or is a number, else https.
 */
export function normaliseBaseUrl(kind: ProviderKind, typed: string): BaseUrl {
  const text = typed
    .trim()
    .replace(/^(["'<`])(.*)["'>`]$/s, '$2')
    .trim();
  if (text === '') return kind === 'openai-compatible' ? bad('is empty') : { kind: 'ok', url: cloudUrls[kind] };
  if (/\s/.test(text)) return bad('has a space in it');
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${likelyScheme(text)}://${text}`;
  const url = URL.parse(withScheme);
  if (!url) return bad('is not a web address');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return bad('must begin with http:// or https://');
  if (url.username !== '' || url.password !== '')
    return bad('must not hold a name or password; enter the key below it');
  if (url.hostname === '') return bad('names no computer');
  const path = withoutTail(url.pathname);
  const normal = `${url.origin}${path}`;
  return normal.length > maxUrlChars ? bad('is too long') : { kind: 'ok', url: normal };
}

const bad = (reason: string): BaseUrl => ({ kind: 'bad', reason });

const likelyScheme = (text: string): 'http' | 'https' =>
  /^(?:localhost|[^/:]*\.local|[^/:.]+|\d+\.\d+\.\d+\.\d+|\[[^\]]*\])(?::\d+)?(?:\/|$)/i.test(text) ? 'http' : 'https';

/** Until nothing changes any more, so that the result stays as it is when it is normalised again. */
const withoutTail = (path: string): string => {
  const shorter = path.replace(/\/+$/, '').replace(copiedTails, '');
  return shorter === path ? path : withoutTail(shorter);
};
