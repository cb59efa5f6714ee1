import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../../node-core/protocol/json-value.ts';
import type { CertificateChain } from '../../../../node-core/protocol/trust/certificate.ts';
import type { HiveAnswer, HiveCall } from '../../../../node-core/trust/transport/hive-client.ts';
import { memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { anchorsList, directoryBy } from '../../../builders/revocation-list.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { answered, createScriptedParent, refusedWith } from '../../../doubles/trust/scripted-parent.ts';

const day = 24 * 60 * 60_000;
const noon = Date.UTC(2026, 5, 1, 12);
const other = createSeededIdentity('other');
const central = createSeededIdentity('central');

async function openMember() {
  const clock = createFakeClock(noon);
  const anchor = createTestAnchor();
  const parent = createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now: () => clock.now() });
  const chain = parent.issue(noon - day);
  const member = await openHiveMember({ clock, client: parent.client, anchor: anchor.publicKey, chain });
  const reply = (body: unknown): void => {
    const wire: JsonValue = JSON.parse(JSON.stringify(body));
    parent.script(() => answered(200, wire));
  };
  return { ...member, clock, anchor, parent, chain, reply };
}

const issued = (chain: CertificateChain, more: object = {}): object => ({
  status: 'issued',
  ...chain,
  bootstrap: [],
  ...more,
});

test.each<[string, string, (of: Awaited<ReturnType<typeof openMember>>) => unknown]>([
  ['another key', 'other-key', ({ parent }) => issued(parent.issue(noon, { public_key: other.publicKey }))],
  ['another tier', 'tier-changed', ({ parent }) => issued(parent.issue(noon, { tier: 'central', capabilities: [] }))],
  ['another hive', 'other-hive', ({ parent }) => issued(parent.issue(noon, { hive: other.publicKey }))],
  ['an older end', 'not-later', ({ parent }) => issued(parent.issue(noon - 2 * day))],
  [
    'another anchor’s signature',
    'bad-signature',
    ({ parent }) => {
      const { certificate, issuers } = parent.issue(noon);
      return issued({ certificate: createTestAnchor('another').certify(withoutSignature(certificate)), issuers });
    },
  ],
  ['a node name beyond 4 KiB', 'malformed', ({ parent }) => issued(parent.issue(noon, { node_id: 'x'.repeat(5_000) }))],
  [
    'a lifetime of two years',
    'lifetime-too-long',
    ({ parent }) => issued(parent.issue(noon, { expires_at: '2028-06-01T12:00:00+00:00' })),
  ],
  ['no object', 'malformed', () => 'issued'],
])('an answer with %s changes nothing', async (_name, defect, make) => {
  const member = await openMember();
  member.reply(make(member));
  await expect(member.upkeep.renewNow()).rejects.toMatchObject({ failure: { kind: 'hive-refused', code: defect } });
  expect(member.store.get().hive?.chain).toEqual(member.chain);
  expect(member.upkeep.view()?.renewalObstacle).toEqual({ kind: 'defect', defect });
});

const withoutSignature = ({ parent_signature: _, ...body }: CertificateChain['certificate']) => body;

test('no answer of any shape replaces the certificate, and none throws', async () => {
  const member = await openMember();
  const { certificate, issuers } = member.parent.issue(noon);
  const broken = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(...Object.entries(certificate)).chain(([name, honest]) =>
      fc
        .jsonValue()
        // The region's name is empty, and so are many texts: with that one the answer would be the honest one.
        .filter((value) => JSON.stringify(value) !== JSON.stringify(honest))
        .map((value) => ({ status: 'issued', certificate: { ...certificate, [name]: value }, issuers })),
    ),
  );
  await fc.assert(
    fc.asyncProperty(broken, async (body) => {
      member.reply(body);
      await member.upkeep
        .renewNow()
        .catch((error: unknown) => expect(error).toHaveProperty('failure.kind', 'hive-refused'));
      expect(member.store.get().hive?.chain).toEqual(member.chain);
    }),
    { numRuns: 150 },
  );
});

test('the honest answer brings certificate, directory, order and pin; the directory only grows', async () => {
  const member = await openMember();
  const process = member.anchor.central(central, () => noon).standing()?.processChain.certificate;
  if (!process) throw new Error('the test has no central');
  const directory = directoryBy(central, process, { sequence: 5, parents: [] });
  member.parent.tell({ directory, order: { type: 'halt' }, nextPin: 'a'.repeat(64) });
  await member.upkeep.renewNow();
  expect(member.store.get().hive).toMatchObject({
    directory,
    latestOrder: '{"type":"halt"}',
    parent: { nextPin: 'a'.repeat(64), pin: null },
  });
  const older = directoryBy(central, process, { sequence: 4, parents: [] });
  const forged = directoryBy(other, process, { sequence: 6, parents: [] });
  for (const refused of [older, forged]) {
    await member.clock.advance(60_000);
    member.parent.tell({ directory: refused });
    await member.upkeep.renewNow();
    expect(member.store.get().hive?.directory).toEqual(directory);
  }
});

test('a crash between the answer and its storing costs nothing: it is renewed again', async () => {
  const member = await openMember();
  member.store.breakAt(member.store.writes() + 1);
  await expect(member.upkeep.renewNow()).rejects.toMatchObject({ failure: { code: 'not-stored' } });
  expect(member.store.get().hive?.chain).toEqual(member.chain);
  member.store.breakAt(Number.POSITIVE_INFINITY);
  await member.upkeep.renewNow();
  expect(member.store.get().hive?.chain.certificate.serial).not.toBe(member.chain.certificate.serial);
});

test('a certificate that comes after the person has left is not kept', async () => {
  const member = await openMember();
  let answer = (): void => undefined;
  member.parent.script(
    (call) =>
      new Promise((resolve) => {
        if (call.path === '/leave') resolve(answered(200, {}));
        else answer = () => resolve(member.parent.answer(call));
      }),
  );
  const renewing = member.upkeep.renewNow();
  await member.upkeep.leave();
  answer();
  await renewing;
  expect(member.store.get()).toMatchObject({ hive: null, application: null });
});

test('a refusal as revoked without a signed entry ends the membership, is asked again rarely, and taken back by a renewal', async () => {
  const member = await openMember();
  member.parent.script((call) => (call.path === '/renew' ? refusedWith(403, 'revoked') : member.parent.answer(call)));
  member.upkeep.start();
  await expect(member.upkeep.renewNow()).rejects.toMatchObject({ failure: { code: 'revoked' } });
  await member.clock.advance(1_000);
  expect(member.upkeep.view()).toMatchObject({ state: 'ended', ended: { kind: 'revoked', reason: 'It is revoked.' } });
  const asked = member.parent.calls.length;
  await member.clock.advance(2 * day);
  const since = member.parent.calls.slice(asked).map(({ path }) => path);
  expect(since.filter((path) => path === '/renew').length).toBeLessThanOrEqual(8);
  expect(since.length).toBeLessThan(70);
  member.parent.script(null);
  await member.clock.advance(day / 2);
  expect(member.upkeep.view()).toMatchObject({ state: 'member', ended: null, renewalObstacle: null });
});

test('with a signed entry no more is asked, also when it came later than the refusal', async () => {
  const member = await openMember();
  const refusing = (call: HiveCall): HiveAnswer =>
    call.path === '/renew' ? refusedWith(403, 'revoked') : member.parent.answer(call);
  member.parent.script(refusing);
  member.upkeep.start();
  await expect(member.upkeep.renewNow()).rejects.toMatchObject({ failure: { code: 'revoked' } });
  await member.clock.advance(1_000);
  const revoked = [{ publicKey: memberIdentity.publicKey, reason: 'stolen' }];
  member.parent.tell({ lists: [anchorsList(member.anchor, { sequence: 1, revoked })] });
  await member.clock.advance(day / 8);
  expect(member.upkeep.view()).toMatchObject({ state: 'ended', ended: { kind: 'revoked', reason: 'stolen' } });
  const asked = member.parent.calls.length;
  member.parent.script(null);
  await member.clock.advance(2 * day);
  expect(member.parent.calls).toHaveLength(asked);
});
