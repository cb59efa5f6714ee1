import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import net from 'node:net';
import { bits, der, integer, objectId, octets, sequence, time, yes } from './der.ts';
import { ipv6Groups } from './ipv6-groups.ts';

/** What a certificate is made for. */
export interface CertificateOrder {
  /** Private, ECDSA P-256. */
  readonly key: KeyObject;
  /** DNS names and addresses; addresses without brackets. */
  readonly names: readonly string[];
  /** ms since the epoch */
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));
const commonName = sequence(der(0x31, sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from('Nunba')))));
const digitalSignature = bits(Buffer.from([0x80]), 7);
const serverAuthentication = sequence(objectId('1.3.6.1.5.5.7.3.1'));

/**
 * A certificate that its own key signed (RFC 5280), PEM. Written here, because it is one fixed form, and
 * `@peculiar/x509` wants a polyfill of `Reflect` and 200 ms for it.
 */
export function makeCertificate({ key, names, startsAtMs, endsAtMs }: CertificateOrder): string {
  const serial = randomBytes(16);
  // Positive and of full length whatever the first byte was.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    commonName,
    sequence(time(startsAtMs), time(endsAtMs)),
    commonName,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions(names)),
  );
  const signature = sign('sha256', body, { key, dsaEncoding: 'der' });
  const text = sequence(body, ecdsaWithSha256, bits(signature)).toString('base64');
  const lines = text.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function extensions(names: readonly string[]): Buffer {
  return sequence(
    sequence(objectId('2.5.29.19'), yes, octets(sequence())),
    sequence(objectId('2.5.29.15'), yes, octets(digitalSignature)),
    sequence(objectId('2.5.29.37'), octets(serverAuthentication)),
    sequence(objectId('2.5.29.17'), octets(sequence(...names.map(alternativeName)))),
  );
}

const alternativeName = (name: string): Buffer =>
  net.isIP(name) === 0 ? der(0x82, Buffer.from(name, 'ascii')) : der(0x87, addressBytes(name));

/** 4 or 16 bytes. */
function addressBytes(address: string): Buffer {
  if (net.isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  return Buffer.from(
    ipv6Groups(address)
      .map((group) => group.padStart(4, '0'))
      .join(''),
    'hex',
  );
}
