import { domainToUnicode } from 'node:url';

/** What happens when the page asks for an address that is not its own. */
export type ExternalLink =
  | { readonly kind: 'refused' }
  /** Of a host that the person trusts. */
  | { readonly kind: 'open'; readonly address: string }
  | {
      readonly kind: 'ask';
      readonly address: string;
      /** As in the address; `null` for mail, which has none to trust. */
      readonly host: string | null;
      /** How the host would be drawn where that differs; its letters may pose as others. */
      readonly drawnHost: string | null;
      /** The address, cut to what a person reads. */
      readonly shown: string;
    };

/** What a person reads of an address; characters. */
const mostShown = 300;
/** Longest address that is handed to another program; the limit of Windows. */
const longestAddress = 2_000;
const schemes = ['https:', 'http:', 'mailto:'];

/** Decides about an address: only the web and mail, without a name and password in it, and asked for unless trusted. */
export function decideExternal(text: string, trustedHosts: readonly string[]): ExternalLink {
  const url = URL.parse(text);
  if (!url || !schemes.includes(url.protocol) || url.username !== '' || url.password !== '') return { kind: 'refused' };
  const address = url.href;
  if (address.length > longestAddress) return { kind: 'refused' };
  if (url.protocol === 'https:' && trustedHosts.includes(url.host)) return { kind: 'open', address };
  const host = url.host || null;
  return { kind: 'ask', address, host, drawnHost: drawn(url), shown: cut(address) };
}

/** Only an address that cannot be changed on its way may be trusted for good. */
export const canTrust = ({ address }: { readonly address: string }): boolean => address.startsWith('https:');

function drawn({ hostname }: URL): string | null {
  if (!/(?:^|\.)xn--/.test(hostname)) return null;
  return domainToUnicode(hostname) || null;
}

/** Beginning and end, because a long middle hides what matters. */
function cut(address: string): string {
  if (address.length <= mostShown) return address;
  return `${address.slice(0, mostShown - 60)} … ${address.slice(-50)}`;
}
