import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedBytes } from '../../../../node-core/protocol/trust/canonical.ts';
import { type CertificateBody, certificateBytes } from '../../../../node-core/protocol/trust/certificate.ts';
import { sealTo } from '../../../../node-core/trust/identity/sealing.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const identity = createSeededIdentity('a');
const other = createSeededIdentity('b');
const serial = '0'.repeat(32);

const isSigned = (bytes: Uint8Array, signature: Uint8Array, publicKey = identity.publicKey): boolean => {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature);
};

const body: CertificateBody = {
  node_id: 'a local',
  public_key: other.publicKey,
  tier: 'local',
  region_name: '',
  issued_at: '2026-06-01T12:00:00+00:00',
  expires_at: '2026-06-04T12:00:00+00:00',
  capabilities: ['mesh', 'work'],
  parent_public_key: identity.publicKey,
  hive: 'a'.repeat(64),
  serial,
};

describe('an identity', () => {
  it('is the same for the same seed, and names its keys in 64 hex', () => {
    expect(createSeededIdentity('a').publicKey).toBe(identity.publicKey);
    expect([identity.publicKey, identity.sealingKey, other.publicKey]).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^[0-9a-f]{64}$/)),
    );
    expect(new Set([identity.publicKey, identity.sealingKey, other.publicKey]).size).toBe(3);
  });

  it('signs a value under its kind alone', () => {
    const signature = Buffer.from(identity.sign('challenge', { b: 1, a: 2 }), 'hex');
    expect(isSigned(signedBytes('challenge', { a: 2, b: 1 }), signature)).toBe(true);
    expect(isSigned(signedBytes('challenge-answer', { a: 2, b: 1 }), signature)).toBe(false);
  });

  it('signs certificates of its own locals and no others', () => {
    expect(isSigned(certificateBytes(body), Buffer.from(identity.signCertificate(body), 'hex'))).toBe(true);
    expect(() => identity.signCertificate({ ...body, tier: 'regional' })).toThrow('its own locals');
    expect(() => identity.signCertificate({ ...body, parent_public_key: other.publicKey })).toThrow('its own locals');
  });

  const base = (keyid: string): string =>
    `"@method": POST\n"content-digest": sha-256=:AA==:\n"@signature-params": ("@method" "content-digest");keyid="${keyid}"`;

  it('signs a signature base that names it', () => {
    const text = base(identity.publicKey);
    expect(isSigned(Buffer.from(text), identity.signRequest(text))).toBe(true);
  });

  it.each([
    ['that names another', base(other.publicKey)],
    ['without parameters', `"@method": POST`],
    ['without components', `"@signature-params": ();keyid="${identity.publicKey}"`],
    ['that is a challenge', `nunba:challenge:v1\n"@signature-params": ();keyid="${identity.publicKey}"`],
    ['that is a certificate', `{"a":1}\n"@signature-params": ();keyid="${identity.publicKey}"`],
  ])('signs no base %s', (_, text) => {
    expect(() => identity.signRequest(text)).toThrow('no signature base');
  });

  it('opens what was sealed for it', async () => {
    const sealed = await sealTo(identity.sealingKey, Buffer.from('secret'), serial);
    expect(Buffer.from(await identity.unseal(sealed)).toString()).toBe('secret');
  });

  it('opens nothing that was sealed for another key or serial, or was changed', async () => {
    const sealed = await sealTo(identity.sealingKey, Buffer.from('secret'), serial);
    await expect(other.unseal(sealed)).rejects.toThrow();
    await expect(identity.unseal({ ...sealed, serial: '1'.repeat(32) })).rejects.toThrow();
    const changed = sealed.ct.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    await expect(identity.unseal({ ...sealed, ct: changed })).rejects.toThrow();
  });

  it('seals for no key of small order', async () => {
    await expect(sealTo('0'.repeat(64), Buffer.from('secret'), serial)).rejects.toThrow();
  });
});
