import { describe, expect, it } from 'vitest';
import type { CertificateBody } from '../../../../node-core/protocol/trust/certificate.ts';
import type { RevocationList } from '../../../../node-core/protocol/trust/revocation-list.ts';
import { toWireTime } from '../../../../node-core/protocol/trust/wire-time.ts';
import { type SignerRefusal, signerRefusals } from '../../../../node-core/trust/signer/signer-messages.ts';
import {
  hourMs,
  judgeCertificate,
  judgeRevocations,
  type SignerVerdict,
} from '../../../../node-core/trust/signer/signer-policy.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
const [anchor, node, other] = ['anchor', 'node', 'other'].map((seed) => createSeededIdentity(seed).publicKey) as [
  string,
  string,
  string,
];
const minute = 60_000;
const day = 24 * hourMs;
const terms = { anchor, centralKeys: new Set([node]), perHour: 2 };
const none = { issued: new Map<string, number>() };

const regional: CertificateBody = {
  node_id: 'a regional',
  public_key: other,
  tier: 'regional',
  region_name: '',
  issued_at: toWireTime(now),
  expires_at: toWireTime(now + 7 * day),
  capabilities: ['mesh', 'work', 'issue'],
  parent_public_key: anchor,
  hive: anchor,
  serial: '0'.repeat(32),
};
const central: CertificateBody = { ...regional, tier: 'central', public_key: node, capabilities: [] };
const list: RevocationList = { hive: anchor, issuer: anchor, sequence: 5, revoked: [] };

const sign: SignerVerdict = { kind: 'sign' };
const refuse = (reason: SignerRefusal): SignerVerdict => ({ kind: 'refuse', reason });
const judge = (body: CertificateBody, record = none, digest = 'new'): SignerVerdict =>
  judgeCertificate(body, digest, terms, record, now);
const judgeList = (asked: RevocationList, digest = 'new'): SignerVerdict =>
  judgeRevocations(asked, digest, terms, { revocations: { sequence: 5, digest: 'same' } });

const certificateCases: readonly (readonly [string, CertificateBody, SignerVerdict])[] = [
  ['a regional certificate', regional, sign],
  ['a central certificate of a listed key', central, sign],
  [
    'one that begins 10 minutes ago',
    { ...regional, issued_at: toWireTime(now - 10 * minute), expires_at: toWireTime(now + day) },
    sign,
  ],
  ['a local certificate', { ...regional, tier: 'local' }, refuse('not-for-tier')],
  ['one of another parent', { ...regional, parent_public_key: other }, refuse('other-parent')],
  ['one of another hive', { ...regional, hive: other }, refuse('other-hive')],
  ['one for the master key', { ...regional, public_key: anchor }, refuse('own-key')],
  ['one of 8 days', { ...regional, expires_at: toWireTime(now + 8 * day) }, refuse('lifetime-too-long')],
  [
    'one of 7 days and a second',
    { ...regional, expires_at: toWireTime(now + 7 * day + 1000) },
    refuse('lifetime-too-long'),
  ],
  ['a central one of 8 days', { ...central, expires_at: toWireTime(now + 8 * day) }, refuse('lifetime-too-long')],
  ['one that ends as it begins', { ...regional, expires_at: regional.issued_at }, refuse('ends-before-it-begins')],
  ['one from the past', { ...regional, issued_at: toWireTime(now - 11 * minute) }, refuse('wrong-time')],
  [
    'one from the future',
    { ...regional, issued_at: toWireTime(now + 11 * minute), expires_at: toWireTime(now + day) },
    refuse('wrong-time'),
  ],
  ['one with a time that is none', { ...regional, issued_at: 'today' }, refuse('wrong-time')],
  ['one with an end that is none', { ...regional, expires_at: 'soon' }, refuse('ends-before-it-begins')],
  ['one with a capability twice', { ...regional, capabilities: ['mesh', 'mesh'] }, refuse('repeated-capability')],
  ['a central one of a key that nobody listed', { ...central, public_key: other }, refuse('not-listed')],
  ['a central one with a capability', { ...central, capabilities: ['issue'] }, refuse('capability-not-allowed')],
  ['one larger than 4 KiB', { ...regional, region_name: 'x'.repeat(4_000) }, refuse('too-large')],
];
const listCases: readonly (readonly [string, SignerVerdict, SignerVerdict])[] = [
  ['a newer list', judgeList({ ...list, sequence: 6 }), sign],
  ['the same list again', judgeList(list, 'same'), sign],
  ['another list of the same sequence', judgeList(list), refuse('changed-list')],
  ['an older list', judgeList({ ...list, sequence: 4 }), refuse('older-list')],
  ['one of another hive', judgeList({ ...list, sequence: 6, hive: other }), refuse('other-hive')],
  ['one of another issuer', judgeList({ ...list, sequence: 6, issuer: other }), refuse('other-parent')],
];

describe('a signer', () => {
  it.each(certificateCases)('judges %s', (_, body, verdict) => {
    expect(judge(body)).toEqual(verdict);
  });

  it.each(listCases)('judges %s', (_, verdict, expected) => {
    expect(verdict).toEqual(expected);
  });

  it('has a case for every refusal', () => {
    const seen = [...certificateCases.map(([, , verdict]) => verdict), ...listCases.map(([, , verdict]) => verdict)];
    const reasons = seen.flatMap((verdict) => (verdict.kind === 'refuse' ? [verdict.reason] : []));
    expect(new Set([...reasons, 'too-many'])).toEqual(new Set(Object.keys(signerRefusals)));
  });

  const full = {
    issued: new Map([
      ['one', now - 59 * minute],
      ['two', now],
    ]),
  };

  it('signs so many regional certificates within any hour and no more', () => {
    expect(judge(regional, full)).toEqual(refuse('too-many'));
    expect(
      judge(regional, {
        issued: new Map([
          ['one', now - hourMs],
          ['two', now],
        ]),
      }),
    ).toEqual(sign);
  });

  it('counts no central certificate', () => {
    expect(judge(central, full)).toEqual(sign);
  });

  it('signs the same bytes again within the hour, late as they may be', () => {
    expect(judge(regional, full, 'one')).toEqual(sign);
    const late = { ...regional, issued_at: toWireTime(now - 59 * minute) };
    expect(judge(late, full, 'one')).toEqual(sign);
    expect(judge(late, full, 'three')).toEqual(refuse('wrong-time'));
  });

  it('frees nothing when its clock is set back', () => {
    expect(
      judge(regional, {
        issued: new Map([
          ['one', now + day],
          ['two', now + day],
        ]),
      }),
    ).toEqual(refuse('too-many'));
  });
});
