import { FailureError } from '../../api/failures.ts';
import { linkDefects } from '../../api/trust-sentences.ts';
import type { MemberTier } from '../../protocol/trust/certificate.ts';
import { type KeyWords, readWords } from '../../protocol/trust/words.ts';
import type { JoinOrder } from '../membership/membership-record.ts';

/** What a person asks for who has an address instead of a link. */
export interface TypedJoin {
  /** Of the issuer, with or without scheme and port. */
  readonly address: string;
  readonly tier: MemberTier;
  /** Four words, as they typed them. */
  readonly words: string | null;
}

type AddressReading =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'refused'; readonly defect: 'address-malformed' | 'address-not-https' };

/** Port of a hive listener. */
const usualPort = 6776;
/** Of a name in DNS, characters. */
const longestHost = 253;
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads the address of an issuer as a person types it: `central.example.org` is https at the port of hive listeners; with
 * a scheme it is taken as it stands. http leads to this computer alone.
 */
export function readTypedAddress(text: string): AddressReading {
  const typed = text.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  const bare = typed.replace(/\/$/, '');
  const url = URL.parse(hasScheme ? typed : `https://${/:\d+$/.test(bare) ? bare : `${bare}:${usualPort}`}`);
  const isPlain = url?.pathname === '/' && url.search === '' && url.hash === '' && !url.username && !url.password;
  if (!url || !isPlain || !/^https?:$/.test(url.protocol) || url.hostname.length > longestHost) {
    return { kind: 'refused', defect: 'address-malformed' };
  }
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) return { kind: 'refused', defect: 'address-not-https' };
  return { kind: 'address', url: url.origin };
}

/** Throws a FailureError `link-invalid` for what is no address. */
export function orderOfAddress({ address, tier }: TypedJoin): JoinOrder {
  const reading = readTypedAddress(address);
  if (reading.kind === 'refused') {
    const { defect } = reading;
    throw new FailureError({ kind: 'link-invalid', defect, reason: linkDefects[defect] });
  }
  return { issuer: { url: reading.url, pin: null }, anchor: null, tier, hiveName: null, invite: null, from: 'link' };
}

/** Throws a FailureError `invalid-input` for what is not four words: they are those of no hive. */
export function wordsOfPerson({ words }: TypedJoin): KeyWords | null {
  if (words === null) return null;
  const read = readWords(words);
  if (read !== null) return read;
  const reason = 'not four words of the list that all such words are from';
  throw new FailureError({ kind: 'invalid-input', field: 'words', reason });
}
