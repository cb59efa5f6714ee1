import type { Clock } from '../../protocol/ports/clock.ts';
import type { ProviderAccess } from './language-model.ts';
import { listModels } from './list-models.ts';
import { failureInside } from './network-failure.ts';

/** Longest try of one other address, ms. */
const tryMs = 5000;

/**
 * Addresses at the same computer where a provider's list of models could be instead, likeliest first: with the version
 * added, at the root, under `/api`, where a redirect points, with the other scheme. Pure; never another host.
 */
export function otherAddresses(access: ProviderAccess, location: string | null): readonly string[] {
  const url = new URL(access.url);
  const version = access.kind === 'google' ? '/v1beta' : '/v1';
  const path = url.pathname.replace(/\/$/, '');
  const isVersioned = /\/v\d+[a-z]*$/.test(path);
  const paths = [...(isVersioned ? [path] : [`${path}${version}`]), version, `/api${version}`, '/openai/v1'];
  const otherScheme = url.protocol === 'https:' ? 'http:' : 'https:';
  const same = paths.map((each) => `${url.origin}${each}`);
  const swapped = paths.slice(0, 2).map((each) => `${otherScheme}//${url.host}${each}`);
  const redirected = location === null ? null : URL.parse(location, url.href);
  const moved =
    redirected?.hostname === url.hostname ? [`${redirected.origin}${withoutList(redirected.pathname)}`] : [];
  return [...new Set([...moved, ...same, ...swapped])].filter((each) => each !== access.url);
}

const withoutList = (path: string): string => path.replace(/\/models\/?$/, '').replace(/\/+$/, '');

/**
 * The first of the other addresses that does list models, or wants a key before it does. Nothing is proposed that was
 * not tried. `null`: none of them.
 */
export async function findOtherAddress(
  access: ProviderAccess,
  location: string | null,
  clock: Clock,
  signal: AbortSignal,
): Promise<string | null> {
  for (const url of otherAddresses(access, location)) {
    if (await lists({ ...access, url }, clock, signal)) return url;
  }
  return null;
}

async function lists(access: ProviderAccess, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const timer = clock.after(tryMs, () => over.abort());
  try {
    await listModels(access, clock, AbortSignal.any([signal, over.signal]));
    return true;
  } catch (error) {
    signal.throwIfAborted();
    return failureInside(error)?.failure.kind === 'model-refused-key';
  } finally {
    timer.cancel();
  }
}
