import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newEnrolment } from '../../../../node-core/protocol/trust/enrolment-machine.ts';
import { sealTo } from '../../../../node-core/trust/identity/sealing.ts';
import { openMemberFederationKeys } from '../../../../node-core/trust/membership/member-federation-keys.ts';
import { createRegionalStanding } from '../../../../node-core/trust/membership/regional-standing.ts';
import { memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { anchorsList } from '../../../builders/revocation-list.ts';
import { waitFor } from '../../../builders/wait.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { createScriptedParent } from '../../../doubles/trust/scripted-parent.ts';

const day = 24 * 60 * 60_000;
const noon = Date.UTC(2026, 5, 1, 12);

async function openMember() {
  const clock = createFakeClock(noon);
  const anchor = createTestAnchor();
  const parent = createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now: () => clock.now() });
  const chain = parent.issue(noon, { capabilities: ['mesh', 'work', 'issue'] });
  const member = await openHiveMember({ clock, client: parent.client, anchor: anchor.publicKey, chain });
  return { ...member, clock, anchor, parent };
}

test('leaving tells the issuer with a signed request and forgets the hive; again, it does nothing', async () => {
  const { upkeep, store, parent } = await openMember();
  const environmentOrder = { url: 'https://parent.test', anchor: null, inviteId: null, isDeclined: false };
  await store.update((present) => ({ ...present, environmentOrder }));
  upkeep.start();
  expect(await upkeep.leave()).toEqual({ isIssuerTold: true });
  expect(parent.calls.at(-1)).toMatchObject({ method: 'POST', path: '/leave', signed: 'node', presentsChain: true });
  expect(store.get()).toMatchObject({ hive: null, application: null, hiveTime: { offsetMs: 0, floorMs: 0 } });
  expect(store.get().environmentOrder).toEqual({ ...environmentOrder, isDeclined: true });
  const asked = parent.calls.length;
  expect(await upkeep.leave()).toEqual({ isIssuerTold: false });
  expect(parent.calls).toHaveLength(asked);
  expect(upkeep.view()).toBe(null);
  await expect(upkeep.renewNow()).rejects.toMatchObject({ failure: { kind: 'not-joined', what: 'renew' } });
});

test('leaving with an application alone cancels that; an application that cannot be cancelled is said to be there', async () => {
  const { upkeep, store, parent, cancels } = await openMember();
  const order = {
    issuer: { url: 'https://central.test', pin: null },
    anchor: 'a'.repeat(64),
    tier: 'regional',
    hiveName: null,
    invite: null,
    from: 'link',
  } as const;
  const application = { order, phase: newEnrolment, words: null, startedAt: noon };
  await store.update((present) => ({ ...present, hive: null, application }));
  store.breakAt(store.writes() + 1);
  await expect(upkeep.leave()).rejects.toThrow();
  expect(store.get().application).not.toBe(null);
  store.breakAt(Number.POSITIVE_INFINITY);
  expect(await upkeep.leave()).toEqual({ isIssuerTold: false });
  expect(store.get().application).toBe(null);
  expect(cancels()).toBe(2);
  expect(parent.calls).toEqual([]);
});

test('an issuer that hangs holds nobody: after five seconds the hive is forgotten', async () => {
  const { upkeep, store, parent, clock } = await openMember();
  parent.script(
    ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  const left = upkeep.leave();
  await clock.advance(4_900);
  expect(store.get().hive).not.toBe(null);
  await clock.advance(200);
  expect(await left).toEqual({ isIssuerTold: false });
  expect(store.get().hive).toBe(null);
});

test('a regional issues while its certificate counts, is not revoked, and has issue', async () => {
  const { store, identity, hiveTime, book, anchor, clock } = await openMember();
  const issuer = createRegionalStanding({ store, identity, hiveTime, revocations: book });
  expect(issuer.standing()).toMatchObject({
    hive: anchor.publicKey,
    issues: 'local',
    parentKey: identity.publicKey,
    notAfterMs: noon + 7 * day,
  });
  await clock.advance(7 * day + 1_000);
  expect(issuer.standing()).toBe(null);
});

test('a regional that is revoked issues no more', async () => {
  const { store, identity, hiveTime, book, anchor } = await openMember();
  const issuer = createRegionalStanding({ store, identity, hiveTime, revocations: book });
  await book.take([anchorsList(anchor, { sequence: 1, revoked: [{ publicKey: identity.publicKey }] })]);
  expect(issuer.standing()).toBe(null);
});

test('a new federation key counts at once, the one before for eight days, the environment’s above both', async () => {
  const { upkeep, store, identity, parent, clock, log } = await openMember();
  const [one, two, ofEnvironment] = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const open = (environmentKey: Uint8Array | null) =>
    openMemberFederationKeys({ store, identity, environmentKey, clock, log });
  const keys = await open(null);
  expect([keys.current(), await keys.present()]).toEqual([null, 'none']);
  for (const key of [one, two]) {
    parent.tell({ federationKey: await sealTo(identity.sealingKey, key, 'a'.repeat(32)) });
    await clock.advance(60_000);
    await upkeep.renewNow();
    // Unsealing takes real time.
    await waitFor(() => expect(Buffer.from(keys.current()?.key ?? [])).toEqual(key));
  }
  expect(await keys.present()).toBe('set');
  expect(keys.accepted().map(({ key }) => Buffer.from(key))).toEqual([two, one]);
  expect(keys.environmentStanding()).toBe('not-set');
  const withOther = await open(ofEnvironment);
  expect(Buffer.from(withOther.current()?.key ?? [])).toEqual(ofEnvironment);
  expect(withOther.environmentStanding()).toBe('differs');
  expect((await open(two)).environmentStanding()).toBe('same');
  await clock.advance(8 * day);
  expect(keys.accepted()).toHaveLength(1);
});

test('a federation key that is sealed to another node is unreadable, known as soon as it is stored', async () => {
  const { store, identity, clock, log } = await openMember();
  const keys = await openMemberFederationKeys({ store, identity, environmentKey: null, clock, log });
  const federationKey = await sealTo(createSeededIdentity('another').sealingKey, randomBytes(32), 'a'.repeat(32));
  await store.update((present) => ({ ...present, hive: present.hive && { ...present.hive, federationKey } }));
  expect(await keys.present()).toBe('unreadable');
});
