import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Admission,
  type AdmissionCase,
  type AdmissionPolicy,
  admissionModes,
  decideAdmission,
  defaultAdmission,
  type InviteFacts,
  mostPending,
} from '../../../node-core/protocol/trust/admission.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const day = 86_400_000;
const stranger: AdmissionCase = {
  tier: 'regional',
  issues: 'regional',
  isLoopback: false,
  invite: 'none',
  isInviteProven: false,
  member: null,
  movesHere: false,
  isRevoked: false,
  domain: null,
  approval: null,
  rejectedAtMs: null,
  otherMembers: 0,
  otherPending: 0,
  otherPendingOfAddress: 0,
  nowMs: noon,
};
const invite: InviteFacts = {
  tier: 'regional',
  mayIssue: true,
  uses: 1,
  usedByOthers: 0,
  isUsedByThisKey: false,
  expiresAtMs: noon + day,
  isRevoked: false,
};
const invited = { invite, isInviteProven: true };
const active = { state: 'active', mayIssue: true, certificateEndsAtMs: noon } as const;
const domain = { fqdn: 'a.example.org', isProven: true, otherHolder: null };
const byDomain: Partial<AdmissionPolicy> = { modes: ['domain'], domainSuffixes: ['.example.org'] };
const everything: Partial<AdmissionPolicy> = { ...byDomain, modes: admissionModes };
const said = (admission: Admission): string =>
  admission.kind === 'refuse'
    ? admission.reason
    : admission.kind === 'issue'
      ? `issue by ${admission.by}${admission.mayIssue ? ', may issue' : ''}`
      : admission.kind;

type Row = readonly [string, Partial<AdmissionCase>, Partial<AdmissionPolicy>, string];
const rows: readonly Row[] = [
  ['a stranger', {}, {}, 'pending'],
  ['a stranger, where stewards approve', {}, { modes: ['approve'] }, 'pending'],
  ['another tier', { tier: 'local' }, {}, 'tier-not-offered'],
  ['an invite', invited, {}, 'issue by invite, may issue'],
  ['an invite that may not issue', { ...invited, invite: { ...invite, mayIssue: false } }, {}, 'issue by invite'],
  [
    'an invite of an issuer of locals',
    { ...invited, tier: 'local', issues: 'local', invite: { ...invite, tier: 'local' } },
    {},
    'issue by invite',
  ],
  ['an invite where invites do not count', invited, { modes: ['approve'] }, 'pending'],
  ['an invite without its secret', { invite }, {}, 'bad-proof'],
  ['an unknown invite', { invite: 'unknown' }, {}, 'bad-proof'],
  ['a revoked invite', { ...invited, invite: { ...invite, isRevoked: true } }, {}, 'invite-revoked'],
  ['an expired invite', { ...invited, invite: { ...invite, expiresAtMs: noon } }, {}, 'invite-expired'],
  ['a used invite', { ...invited, invite: { ...invite, usedByOthers: 1 } }, {}, 'invite-used'],
  [
    'an invite that this key has used',
    { ...invited, invite: { ...invite, usedByOthers: 0, isUsedByThisKey: true } },
    {},
    'issue by invite, may issue',
  ],
  ['an invite for another tier', { ...invited, invite: { ...invite, tier: 'local' } }, {}, 'invite-not-for-tier'],
  [
    'what is wrong with an invite, to who has not its secret',
    { invite: { ...invite, isRevoked: true } },
    {},
    'bad-proof',
  ],
  ['an approved one', { approval: { mayIssue: true } }, {}, 'issue by approval, may issue'],
  ['a revoked key', { ...invited, isRevoked: true }, {}, 'revoked'],
  [
    'a revoked member that is approved',
    { approval: { mayIssue: false }, member: { ...active, state: 'revoked' } },
    {},
    'revoked',
  ],
  ['a member', { member: active }, {}, 'issue by membership, may issue'],
  [
    'a member that ended 90 days ago',
    { member: { ...active, certificateEndsAtMs: noon - 90 * day } },
    {},
    'issue by membership, may issue',
  ],
  [
    'a member that ended longer ago',
    { member: { ...active, certificateEndsAtMs: noon - 90 * day - 1 } },
    {},
    'pending',
  ],
  ['a member that left', { member: { ...active, state: 'left' } }, {}, 'pending'],
  ['a member of another parent', { movesHere: true }, {}, 'issue by move'],
  ['a member of another parent, where stewards are asked', { movesHere: true }, { adopt: 'ask' }, 'pending'],
  ['a member of another parent, where none is taken', { movesHere: true }, { adopt: 'no' }, 'not-a-member'],
  [
    'one that left here, with a certificate of another parent',
    { movesHere: true, member: { ...active, state: 'left' } },
    {},
    'pending',
  ],
  ['a proven domain', { domain }, byDomain, 'issue by domain'],
  ['a domain that was not asked yet', { domain: { ...domain, isProven: false } }, byDomain, 'prove-domain'],
  ['a domain below no suffix', { domain: { ...domain, fqdn: 'a.example.com' } }, byDomain, 'domain-not-allowed'],
  ['the suffix itself', { domain: { ...domain, fqdn: 'example.org' } }, byDomain, 'domain-not-allowed'],
  [
    'a name that only looks like the suffix',
    { domain: { ...domain, fqdn: 'badexample.org' } },
    byDomain,
    'domain-not-allowed',
  ],
  [
    'a domain of another key, 24 h after its end',
    { domain: { ...domain, otherHolder: { certificateEndsAtMs: noon - day } } },
    byDomain,
    'domain-taken',
  ],
  [
    'a domain of another key, later',
    { domain: { ...domain, otherHolder: { certificateEndsAtMs: noon - day - 1 } } },
    byDomain,
    'issue by domain',
  ],
  ['anybody of this machine, where it is open', { isLoopback: true }, { modes: ['open'] }, 'issue by open'],
  ['anybody from elsewhere, where it is open', {}, { modes: ['open'] }, 'pending'],
  ['a rejected key within a day', { rejectedAtMs: noon - day + 1 }, {}, 'rejected'],
  ['a rejected key after a day', { rejectedAtMs: noon - day }, {}, 'pending'],
  ['a rejected key with an invite', { ...invited, rejectedAtMs: noon }, {}, 'issue by invite, may issue'],
  ['one request too many', { otherPending: mostPending }, {}, 'too-many'],
  ['one request too many of one address', { otherPendingOfAddress: 5 }, {}, 'too-many'],
  ['the last request of one address', { otherPendingOfAddress: 4 }, {}, 'pending'],
  ['many requests of this machine', { otherPendingOfAddress: 999, isLoopback: true }, {}, 'pending'],
  ['the last request', { otherPending: mostPending - 1 }, {}, 'pending'],
  ['a full hive', { ...invited, otherMembers: 2 }, { maxMembers: 2 }, 'hive-full'],
  ['the last place', { ...invited, otherMembers: 1 }, { maxMembers: 2 }, 'issue by invite, may issue'],
];

describe('admission', () => {
  it.each(rows)('of %s', (_, asked, policy, expected) => {
    expect(said(decideAdmission({ ...stranger, ...asked }, { ...defaultAdmission, ...policy }))).toBe(expected);
  });

  it('never issues to a revoked key, for another tier, beyond the limit, or with a bad invite', () => {
    const arbitrary = fc.record({
      tier: fc.constantFrom('regional', 'local'),
      isLoopback: fc.boolean(),
      invite: fc.constantFrom<AdmissionCase['invite']>(
        'none',
        'unknown',
        invite,
        { ...invite, usedByOthers: 1 },
        { ...invite, isRevoked: true },
      ),
      isInviteProven: fc.boolean(),
      member: fc.constantFrom(null, active, { ...active, state: 'revoked' as const }),
      movesHere: fc.boolean(),
      isRevoked: fc.boolean(),
      domain: fc.constantFrom(null, domain, { ...domain, isProven: false }),
      approval: fc.constantFrom(null, { mayIssue: true }),
      otherMembers: fc.constantFrom(0, 2),
    });
    fc.assert(
      fc.property(arbitrary, (part) => {
        const asked: AdmissionCase = { ...stranger, ...part };
        const admission = decideAdmission(asked, { ...defaultAdmission, ...everything, maxMembers: 2 });
        if (admission.kind !== 'issue') return;
        expect(asked.isRevoked || asked.member?.state === 'revoked').toBe(false);
        expect([asked.tier, asked.otherMembers]).toEqual(['regional', 0]);
        if (asked.invite !== 'none') expect([asked.invite, asked.isInviteProven]).toEqual([invite, true]);
      }),
    );
  });
});
