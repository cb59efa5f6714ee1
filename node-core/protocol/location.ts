/**
 * Where a model runs, told from its address alone. Every sentence about who can read a chat is computed
 * from this, so it errs to the side of "somebody else": only what is certainly this machine is called so.
 */

/** `this-computer`: loopback. `local-network`: a private or link-local address. `cloud`: anything else. */
export type ModelLocation =
  | { readonly kind: 'this-computer' }
  | { readonly kind: 'local-network'; readonly host: string }
  | { readonly kind: 'cloud'; readonly host: string };

const octets = (host: string): readonly number[] | null => {
  const parts = host.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
  const numbers = parts.map(Number);
  return numbers.every((n) => n <= 255) ? numbers : null;
};

const isPrivateIpv4 = ([a = -1, b = -1]: readonly number[]): boolean =>
  a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254);

const isPrivateIpv6 = (host: string): boolean => /^(f[cd]|fe[89ab])/.test(host);

/**
 * @param hostname host of a URL as `URL.hostname` gives it (lower case; IPv6 with or without brackets)
 */
export function locateHost(hostname: string): ModelLocation {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  const ipv4 = octets(host);
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1' || ipv4?.[0] === 127) {
    return { kind: 'this-computer' };
  }
  const isLocal =
    (ipv4 !== null && isPrivateIpv4(ipv4)) || (host.includes(':') && isPrivateIpv6(host)) || host.endsWith('.local');
  return isLocal ? { kind: 'local-network', host } : { kind: 'cloud', host };
}
