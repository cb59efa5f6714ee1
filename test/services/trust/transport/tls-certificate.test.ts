import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../../node-core/api/failures.ts';
import { makeCertificate } from '../../../../node-core/trust/transport/self-made-certificate.ts';
import {
  readTlsFiles,
  selfMadeCertificate,
  selfMadeLifetimeMs,
} from '../../../../node-core/trust/transport/tls-certificate.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';

const now = Date.UTC(2026, 5, 1);
const day = 24 * 60 * 60_000;
const hosts = ['central.example.org', '[2001:db8::5]', '192.0.2.7'];
const make = (folder: string, nowMs = now, more: readonly string[] = []) =>
  selfMadeCertificate({ folder, hosts: [...hosts, ...more], nowMs });
const endOf = (pem: string): number => Date.parse(new X509Certificate(pem).validTo);

describe('the self-made certificate', () => {
  test('verifies with its own key, for all names and for 398 days', async () => {
    const shown = new X509Certificate((await make(tempFolder())).certificate);
    expect(shown.verify(shown.publicKey)).toBe(true);
    expect(shown.checkHost('central.example.org')).toBe('central.example.org');
    expect(shown.checkHost('localhost')).toBe('localhost');
    for (const address of ['127.0.0.1', '::1', '2001:db8::5', '192.0.2.7'])
      expect(shown.checkIP(address)).toBe(address);
    expect(shown.checkHost('elsewhere.example.org')).toBeUndefined();
    expect(shown.ca).toBe(false);
    expect(Date.parse(shown.validTo) - Date.parse(shown.validFrom)).toBe(selfMadeLifetimeMs);
    expect(Date.parse(shown.validFrom)).toBeLessThan(now);
  });

  test('is kept, with a key that nobody else can read', async () => {
    const folder = path.join(tempFolder(), 'tls');
    const first = await make(folder);
    expect(await make(folder, now + 300 * day)).toEqual(first);
    expect(fs.statSync(path.join(folder, 'key.pem')).mode & 0o777).toBe(0o600);
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  });

  test.each([
    ['when it is about to end', now + 368 * day, []],
    ['when it lacks a name', now, ['other.example.org']],
    ['when the clock was ahead as it was made', now - 3 * day, []],
  ] as const)('is made anew with the same key %s', async (_, at, more) => {
    const folder = tempFolder();
    const first = await make(folder);
    const second = await make(folder, at, more);
    expect(second.certificate).not.toBe(first.certificate);
    expect(second.pin).toBe(first.pin);
    expect(endOf(second.certificate)).toBe(at - day + selfMadeLifetimeMs);
  });

  test('is made anew where the file is damaged, but a damaged key stops the start and stays', async () => {
    const folder = tempFolder();
    const first = await make(folder);
    fs.writeFileSync(path.join(folder, 'certificate.pem'), 'nonsense');
    expect((await make(folder)).pin).toBe(first.pin);
    const key = path.join(folder, 'key.pem');
    fs.writeFileSync(key, 'nonsense');
    expect(failureOf(await make(folder).catch((error: unknown) => error))).toMatchObject({
      kind: 'identity-unreadable',
      path: key,
    });
    expect(fs.readFileSync(key, 'utf8')).toBe('nonsense');
  });

  test('states any address and time as it was given', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6()),
        fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) / 1000 }),
        (address, endsAt) => {
          const order = { key: privateKey, names: [address], startsAtMs: 0, endsAtMs: endsAt * 1000 };
          const shown = new X509Certificate(makeCertificate(order));
          expect(shown.checkIP(address)).toBe(address);
          expect(Date.parse(shown.validTo)).toBe(endsAt * 1000);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a certificate of the steward’s own', () => {
  async function files(nowMs = now) {
    const [one, other] = [tempFolder(), tempFolder()];
    await Promise.all([make(one, nowMs), make(other, nowMs)]);
    const at = (folder: string) => ({
      certificateFile: path.join(folder, 'certificate.pem'),
      keyFile: path.join(folder, 'key.pem'),
    });
    return { one: at(one), other: at(other) };
  }
  const refusal = (order: Parameters<typeof readTlsFiles>[0]) => {
    try {
      return readTlsFiles(order);
    } catch (error) {
      return failureOf(error);
    }
  };

  test('is read with its pin', async () => {
    const { one } = await files();
    const { pin } = await make(path.dirname(one.keyFile));
    expect(readTlsFiles({ ...one, nowMs: now })).toMatchObject({ pin, isSelfMade: false });
  });

  test('is refused with the flag at fault: another key, ended, missing, no certificate', async () => {
    const { one, other } = await files();
    const invalid = (name: string, reason: RegExp) => ({
      kind: 'config-invalid',
      name,
      reason: expect.stringMatching(reason),
    });
    const mixed = { ...one, keyFile: other.keyFile, nowMs: now };
    expect(refusal(mixed)).toMatchObject(invalid('--tls-key', /not the key of/));
    expect(refusal({ ...one, nowMs: now + 400 * day })).toMatchObject(invalid('--tls-cert', /ended on 2027-07-03/));
    expect(refusal({ ...one, keyFile: '/nowhere/key', nowMs: now })).toMatchObject(invalid('--tls-key', /ENOENT/));
    const noCertificate = { ...one, certificateFile: one.keyFile, nowMs: now };
    expect(refusal(noCertificate)).toMatchObject(invalid('--tls-cert', /cannot be read/));
  });
});
