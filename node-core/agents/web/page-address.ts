import net from 'node:net';
import { hostNameOf } from '../../platform/open-socket.ts';

/** Longest address of a page, in characters. */
const maxAddressChars = 2000;

/** Longest host, with port, in characters. */
const maxHostChars = 300;

/** A page that may be asked for, if the person allows it and its host is in the open network. */
export interface PageAddress {
  /** As it will be asked for: host in ASCII, without a fragment. */
  readonly url: URL;
  /** Host as it is shown and allowed; with the port where that is not the scheme's own. */
  readonly host: string;
}

export type ReadAddress =
  | { readonly kind: 'page'; readonly page: PageAddress }
  /** A sentence for the model. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Names that only ever mean this computer or its surroundings (RFC 6761, 6762, 7686, 8375, ICANN's `internal`). */
const localName = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|onion|home\.arpa|localdomain)$/;

const refused = (reason: string): ReadAddress => ({ kind: 'refused', reason });

/**
 * Reads the address of a page as a model or a redirect gives it. Contacts nobody: a name may still turn out to lead
 * into a private network. Pure.
 *
 * @param isAllowedAddress whether an IP address may be contacted
 */
export function readPageAddress(text: string, isAllowedAddress: (address: string) => boolean): ReadAddress {
  if (text.length > maxAddressChars) return refused(`The address is longer than ${maxAddressChars} characters.`);
  const url = URL.parse(text.trim());
  if (!url) return refused('This is no address. A whole one is needed, such as https://example.org/page.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refused(`Only pages at https: and http: can be read, not ${url.protocol.slice(0, 30)}`);
  }
  if (url.username !== '' || url.password !== '')
    return refused('An address with a user name or password is not asked.');
  url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  if (url.host.length > maxHostChars || url.href.length > maxAddressChars) return refused('The address is too long.');
  return judgeHost(url, isAllowedAddress);
}

function judgeHost(url: URL, isAllowedAddress: (address: string) => boolean): ReadAddress {
  const name = hostNameOf(url);
  const isAddress = net.isIP(name) !== 0;
  const isOpen = isAddress ? isAllowedAddress(name) : name.includes('.') && !localName.test(name);
  if (isOpen) return { kind: 'page', page: { url, host: url.host } };
  return refused(
    `${url.host} is not in the open web. This tool reads public pages only, nothing on this computer or in its network.`,
  );
}

/**
 * Where a redirect leads, seen from the page that answered with it. `same-host` is covered by the permission for this
 * page; going back from https to http counts as another host. `null`: it names no address that could be asked.
 */
export function readRedirect(
  location: string,
  from: PageAddress,
  isAllowedAddress: (address: string) => boolean,
): { readonly kind: 'same-host' | 'other-host'; readonly page: PageAddress } | null {
  const next = URL.parse(location, from.url.href);
  const read = next && readPageAddress(next.href, isAllowedAddress);
  if (read?.kind !== 'page') return null;
  const { page } = read;
  const isWeaker = from.url.protocol === 'https:' && page.url.protocol === 'http:';
  return { kind: page.host === from.host && !isWeaker ? 'same-host' : 'other-host', page };
}
