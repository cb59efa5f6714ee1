import { locateHost } from '../location.ts';

/** A base address that may be asked for models, `null` if it cannot be one: http or https, without a name, password or query. */
export function readMirror(text: string): URL | null {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
    return null;
  return url;
}

/** Where a file is asked for: at the mirror, under the same path, or at its own address. */
export function mirroredAddress(url: string, mirror: string | null): URL {
  const own = new URL(url);
  const base = mirror === null ? null : readMirror(mirror);
  if (base === null) return own;
  return new URL(`${base.origin}${base.pathname.replace(/\/$/, '')}${own.pathname}${own.search}`);
}

/** Who learns that a model is fetched, in the words of the list of contacts. */
export const placeOf = (url: URL): 'this-computer' | 'local-network' | 'cloud' => locateHost(url.hostname).kind;
