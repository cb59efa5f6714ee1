import { createHmac, createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contentDigest,
  coveredComponents,
  coveredParts,
  readSignatures,
  requestBase,
  signatureBase,
  signatureHeaders,
  signatureParams,
  statesDigest,
} from '../../../node-core/protocol/trust/signed-request.ts';

describe('RFC 9421, appendix B', () => {
  const date = 'Tue, 20 Apr 2021 02:07:55 GMT';

  test('B.2.6: the signature base is that of the RFC, and its Ed25519 signature verifies', () => {
    const params =
      '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
    const base = signatureBase(
      [
        ['date', date],
        ['@method', 'POST'],
        ['@path', '/foo'],
        ['@authority', 'example.com'],
        ['content-type', 'application/json'],
        ['content-length', '18'],
      ],
      params,
    );
    const key = createPublicKey(
      '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----\n',
    );
    const signature = 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==';
    expect(verify(null, Buffer.from(base), key, Buffer.from(signature, 'base64'))).toBe(true);
  });

  test('B.2.5: the signature base is that of the RFC, and its HMAC is the same', () => {
    const params = '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"';
    const base = signatureBase(
      [
        ['date', date],
        ['@authority', 'example.com'],
        ['content-type', 'application/json'],
      ],
      params,
    );
    const key = Buffer.from(
      'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
      'base64',
    );
    const signature = createHmac('sha256', key).update(base).digest('base64');
    expect(signature).toBe('pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=');
  });
});

const parameters = { created: 1_780_000_000, expires: 1_780_000_300, nonce: '0f'.repeat(16), keyid: 'ab'.repeat(32) };
const params = signatureParams('node', parameters);
const signature = new Uint8Array(64).fill(7);
const headers = signatureHeaders([{ label: 'node', params, signature }]);
const read = (input: string, value = headers.signature) => readSignatures(input, value);

describe('what is covered', () => {
  test('is the request as it is sent', () => {
    const parts = coveredParts('POST', 'central.example.org:6776', '/renew?a=%2f&b', 'sha-256=:x:');
    expect(requestBase(parts, coveredComponents, params)).toBe(
      [
        '"@method": POST',
        '"@authority": central.example.org:6776',
        '"@path": /renew',
        '"@query": ?a=%2f&b',
        '"content-digest": sha-256=:x:',
        `"@signature-params": ${params}`,
      ].join('\n'),
    );
    expect(coveredParts('GET', 'a', '/health', '')).toMatchObject({ '@path': '/health', '@query': '?' });
  });

  test('may stand in another order, which is then the order of the base', () => {
    const list = '("content-digest" "@path" "@method" "@query" "@authority")';
    const result = read(headers['signature-input'].replace(/\(.*\)/, list));
    const node = result.kind === 'read' ? result.labels.node : undefined;
    expect(node?.components).toEqual(['content-digest', '@path', '@method', '@query', '@authority']);
  });
});

describe('reading the headers', () => {
  test('gives back what was written', () => {
    expect(read(headers['signature-input'])).toEqual({
      kind: 'read',
      labels: { node: { ...parameters, params, components: [...coveredComponents], signature } },
    });
  });

  test('leaves out labels that are not ours', () => {
    const input = `other;flag, ${headers['signature-input']}, proxy=("a,b=\\"");x="node=1, fed=2"`;
    const result = read(input, `proxy=:AA==:, ${headers.signature}`);
    expect(result).toMatchObject({ kind: 'read', labels: { node: { keyid: parameters.keyid } } });
    expect(result).not.toHaveProperty('labels.fed');
  });

  const input = headers['signature-input'];
  test.each([
    ['the label twice', `${input}, ${input}`],
    ['another algorithm', input.replace('ed25519', 'hmac-sha256')],
    ['no algorithm', input.replace(';alg="ed25519"', '')],
    ['a component too few', input.replace('"@query" ', '')],
    ['a component too many', input.replace('"@query"', '"@query" "date"')],
    ['a component twice', input.replace('"@query"', '"@path"')],
    ['a component of another message', input.replace('"@path"', '"@path";req')],
    ['no created', input.replace(/;created=\d+/, '')],
    ['no expires', input.replace(/;expires=\d+/, '')],
    ['more than 300 s', input.replace('expires=1780000300', 'expires=1780000301')],
    ['an end before its beginning', input.replace('expires=1780000300', 'expires=1779999999')],
    ['a parameter twice', `${input};created=5`],
    ['a short nonce', input.replace('0f'.repeat(16), '0f')],
    ['a key in capitals', input.replace('ab'.repeat(32), 'AB'.repeat(32))],
    ['spaces that a serializer does not write', input.replace(';created', '; created')],
    ['only half', 'other=()'],
    ['no dictionary', '"@method"'],
    ['too much', `${input}, other="${'x'.repeat(2_048)}"`],
  ])('refuses %s', (_, changed) => {
    expect(read(changed).kind).toBe('malformed');
  });

  test('refuses a signature of another length, and one that stands there twice', () => {
    expect(read(input, 'node=:AAAA:').kind).toBe('malformed');
    expect(read(input, `${headers.signature}, ${headers.signature}`).kind).toBe('malformed');
  });

  test('never throws, and never reads anything but what was signed for', () => {
    const piece = fc.constantFrom(
      'node=',
      'fed=',
      '"',
      '\\',
      ',',
      ';',
      '(',
      ')',
      '"@method"',
      ':AA==:',
      'alg="x"',
      ' ',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        const result = readSignatures(one, other);
        expect(result.kind === 'malformed' || Object.keys(result.labels).length === 0).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.nat({ max: input.length - 1 }), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(input[at] !== character);
        const result = readSignatures(`${input.slice(0, at)}${character}${input.slice(at + 1)}`, headers.signature);
        // What still reads has other parameters or another order, and so another base.
        expect(result.kind === 'read' && result.labels.node?.params === params).toBe(false);
      }),
    );
  });
});

describe('Content-Digest', () => {
  const digest = new Uint8Array(32).fill(1);
  const stated = contentDigest(digest);

  test.each([
    ['the digest', stated, true],
    ['another algorithm beside it', `sha-512=:AAAA:, ${stated}`, true],
    ['another digest', contentDigest(new Uint8Array(32)), false],
    ['it twice', `${stated}, ${stated}`, false],
    ['another algorithm alone', stated.replace('256', '512'), false],
    ['nothing', '', false],
  ])('%s', (_, header, isStated) => {
    expect(statesDigest(header, digest)).toBe(isStated);
  });
});
