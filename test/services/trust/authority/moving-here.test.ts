import { describe, expect, it } from 'vitest';
import type { CertificateChain } from '../../../../node-core/protocol/trust/certificate.ts';
import { toWireTime } from '../../../../node-core/protocol/trust/wire-time.ts';
import type { Issuer } from '../../../../node-core/trust/authority/issuer-standing.ts';
import { deskApplicant, faraway } from '../../../builders/desk-applicant.ts';
import { deskNoonMs, type HiveDesk, openHiveDesk } from '../../../builders/hive-desk.ts';
import { anchorsList, regionalsList } from '../../../builders/revocation-list.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';

const hour = 3_600_000;
const day = 24 * hour;
const anchor = createTestAnchor();
const identity = createSeededIdentity('regional');
const former = createSeededIdentity('former regional');
const a = deskApplicant(createSeededIdentity('a'));
const here = anchor.regional(identity.publicKey, deskNoonMs);
const issuer: Issuer = {
  standing: () => ({
    hive: anchor.publicKey,
    issues: 'local',
    parentKey: identity.publicKey,
    processChain: { certificate: here, issuers: [] },
    issuersOfLeaf: [here],
    notAfterMs: deskNoonMs + 7 * day,
    signCertificate: async (body) => identity.signCertificate(body),
    signRevocations: async (list) => identity.sign('revocation', list),
  }),
};

const open = (adopt: 'yes' | 'ask' | 'no' = 'yes') => openHiveDesk({ issuer, identity, admission: { adopt } });

/** What a local of the former regional has; it and its parent's certificate ended that long before noon. */
function chainOf({ endedMs = -hour, parentEndedMs = -day } = {}): CertificateChain {
  const parent = anchor.regional(former.publicKey, deskNoonMs - parentEndedMs - 7 * day);
  const endsAtMs = deskNoonMs - endedMs;
  const { parent_signature: _, ...shape } = parent;
  const body = {
    ...shape,
    public_key: a.identity.publicKey,
    tier: 'local' as const,
    capabilities: ['mesh' as const],
    issued_at: toWireTime(endsAtMs - 3 * day),
    expires_at: toWireTime(endsAtMs),
    parent_public_key: former.publicKey,
    serial: 'b'.repeat(32),
  };
  return { certificate: { ...body, parent_signature: former.signCertificate(body) }, issuers: [parent] };
}

const move = async ({ desk }: HiveDesk, presented: CertificateChain, who = a): Promise<number> =>
  (await who.enrol(desk, { caller: { ...faraway, presented }, changes: { tier: 'local' } })).status;

describe('a local of another regional', () => {
  it.each([
    ['yes', 201],
    ['ask', 202],
    ['no', 403],
  ] as const)(
    'comes with its last certificate, and where the stewards said %s is answered %d',
    async (adopt, status) => {
      const hive = await open(adopt);
      expect(await move(hive, chainOf())).toBe(status);
    },
  );

  it('is taken within 23 hours of the end of its certificate and its parent’s, and waits for a steward later', async () => {
    const lately = chainOf({ endedMs: 23 * hour, parentEndedMs: 23 * hour });
    expect(await move(await open(), lately)).toBe(201);
    for (const parentEndedMs of [-day, 24 * hour]) {
      expect(await move(await open(), chainOf({ endedMs: 24 * hour, parentEndedMs }))).toBe(202);
    }
  });

  it('is taken when its parent is revoked, unless stewards fear that the parent’s key was stolen and want to be asked', async () => {
    for (const [adopt, status] of [
      ['yes', 201],
      ['ask', 202],
    ] as const) {
      const hive = await open(adopt);
      await hive.book.take([anchorsList(anchor, { sequence: 1, revoked: [{ publicKey: former.publicKey }] })]);
      expect(await move(hive, chainOf())).toBe(status);
    }
  });

  it('waits for a steward when its parent has revoked the certificate that it shows', async () => {
    const hive = await open();
    const { certificate, issuers } = chainOf();
    const revoked = [{ publicKey: certificate.public_key, serial: certificate.serial }];
    for (const parent of issuers) await hive.book.take([regionalsList(former, parent, { sequence: 1, revoked })]);
    expect(await move(hive, chainOf())).toBe(202);
  });

  it('waits for a steward when it has left here before', async () => {
    const hive = await open();
    const chain = chainOf();
    expect(await move(hive, chain)).toBe(201);
    await hive.desk.leave({ publicKey: a.identity.publicKey, chain });
    expect(await move(hive, chain)).toBe(202);
  });

  it('is nobody who shows the certificate of another', async () => {
    expect(await move(await open(), chainOf(), deskApplicant(createSeededIdentity('b')))).toBe(202);
  });
});
