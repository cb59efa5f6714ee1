import { expect, test } from 'vitest';
import type { Clock } from '../../../../node-core/protocol/ports/clock.ts';
import type { CertificateChain } from '../../../../node-core/protocol/trust/certificate.ts';
import { type Issued, issuedSchema } from '../../../../node-core/protocol/trust/enrolment.ts';
import { lifetimeOf } from '../../../../node-core/protocol/trust/renewal-schedule.ts';
import { createParentLine } from '../../../../node-core/trust/membership/parent-line.ts';
import { Renewal, type RenewalOutcome } from '../../../../node-core/trust/membership/renewal.ts';
import type { HiveClient } from '../../../../node-core/trust/transport/hive-client.ts';
import { deskApplicant } from '../../../builders/desk-applicant.ts';
import { deskClient, openHiveDesk } from '../../../builders/hive-desk.ts';
import { type HiveMember, memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { createScriptedParent } from '../../../doubles/trust/scripted-parent.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = Date.UTC(2026, 5, 1, 12);

/** Renewal alone, without polls: a year of those would be a million events. Notes how much was left each time. */
function renewalOf({ options, store }: HiveMember, clock: Clock) {
  const outcomes: RenewalOutcome['kind'][] = [];
  const leftMs: number[] = [];
  let endsAt = endOf(store);
  store.onChange(() => {
    if (endOf(store) === endsAt) return;
    leftMs.push(endsAt - clock.now());
    endsAt = endOf(store);
  });
  const renewal = new Renewal({
    ...options,
    line: createParentLine(options),
    onTried: ({ kind }) => outcomes.push(kind),
  });
  return { renewal, outcomes, leftMs };
}

function endOf(store: HiveMember['store']): number {
  const { hive } = store.get();
  return hive ? lifetimeOf(hive.chain.certificate).expiresAtMs : 0;
}

/** Fails at the beginning of each renewal until `windowMs` is over, then answers once. */
function answeringOncePer(windowMs: number, client: HiveClient, now: () => number): HiveClient {
  let failingSince: number | null = null;
  return {
    async request(call) {
      failingSince ??= now();
      if (now() - failingSince < windowMs) return { kind: 'unreachable', cause: 'timeout' };
      failingSince = null;
      return client.request(call);
    },
  };
}

test('a year with a real desk that answers once per retry window: the membership never lapses', async () => {
  const desk = await openHiveDesk();
  const { clock, anchor } = desk;
  const invite = await desk.invite();
  const reply = await deskApplicant(memberIdentity).enrol(desk.desk, { invite });
  const issued: Issued = issuedSchema.parse(reply.body);
  const chain: CertificateChain = { certificate: issued.certificate, issuers: issued.issuers };
  let present = chain;
  const direct = deskClient(desk.desk, { publicKey: memberIdentity.publicKey, chain: () => present });
  const client = answeringOncePer(hour, direct, () => clock.now());
  const member = await openHiveMember({ clock, client, anchor: anchor.publicKey, chain });
  member.store.onChange(() => {
    present = member.store.get().hive?.chain ?? present;
  });
  const { renewal, outcomes, leftMs } = renewalOf(member, clock);
  renewal.start();
  await clock.advance(365 * day);
  await renewal.stop();
  // Every 3.15 to 3.5 days, and the hour that each one takes.
  expect(leftMs.length).toBeGreaterThanOrEqual(102);
  expect(leftMs.length).toBeLessThanOrEqual(116);
  expect(Math.min(...leftMs)).toBeGreaterThan(3 * day);
  expect(outcomes.filter((kind) => kind === 'renewed')).toHaveLength(leftMs.length);
  const rows = await desk.storage.db.selectFrom('hive_certificates').select('signature').execute();
  expect(rows).toHaveLength(leftMs.length + 1);
  expect(rows.every(({ signature }) => signature !== null)).toBe(true);
});

test('certificates of one hour do not lapse either', async () => {
  const clock = createFakeClock(noon);
  const anchor = createTestAnchor();
  const parent = createScriptedParent({
    anchor,
    memberKey: memberIdentity.publicKey,
    now: () => clock.now(),
    lifetimeMs: hour,
  });
  const client = answeringOncePer(4 * minute, parent.client, () => clock.now());
  const chain = parent.issue(noon);
  const member = await openHiveMember({ clock, client, anchor: anchor.publicKey, chain });
  const { renewal, leftMs } = renewalOf(member, clock);
  renewal.start();
  await clock.advance(10 * day);
  await renewal.stop();
  expect(leftMs.length).toBeGreaterThan(6 * 24);
  expect(Math.min(...leftMs)).toBeGreaterThan(15 * minute);
});

test('a flat node starts nothing', async () => {
  const clock = createFakeClock(noon);
  const anchor = createTestAnchor();
  const parent = createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now: () => clock.now() });
  const member = await openHiveMember({
    clock,
    client: parent.client,
    anchor: anchor.publicKey,
    chain: parent.issue(noon),
  });
  await member.upkeep.leave();
  const asked = parent.calls.length;
  const timers = clock.pendingTimers();
  member.upkeep.start();
  await clock.advance(30 * day);
  expect(clock.pendingTimers()).toBe(timers);
  expect(parent.calls).toHaveLength(asked);
});
