import { expect, it, onTestFinished } from 'vitest';
import { keepMarkedTier } from '../../../../node-core/composition/marked-tier.ts';
import { createStopList } from '../../../../node-core/platform/stop-list.ts';
import { forgetOtherHive } from '../../../../node-core/trust/authority/forget-other-hive.ts';
import { deskApplicant } from '../../../builders/desk-applicant.ts';
import { type HiveDesk, openHiveDesk } from '../../../builders/hive-desk.ts';
import { memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { createScriptedParent } from '../../../doubles/trust/scripted-parent.ts';

const [one, other] = ['1a'.repeat(32), '2b'.repeat(32)];
const tables = [
  'hive_invites',
  'hive_invite_uses',
  'hive_enrolments',
  'hive_members',
  'hive_certificates',
  'hive_domains',
  'hive_revocations',
] as const;

/** A member that came by invite, with a domain, and was revoked. */
async function lived(hive: HiveDesk): Promise<void> {
  const applicant = deskApplicant(createSeededIdentity('a'));
  const publicKey = applicant.identity.publicKey;
  expect((await applicant.enrol(hive.desk, { invite: await hive.invite() })).status).toBe(201);
  const domain = { fqdn: 'a.example.org', public_key: publicKey, proven_at: 1 };
  await hive.storage.db.insertInto('hive_domains').values(domain).execute();
  await hive.publisher.revoke(publicKey, 'left the club');
  await hive.storage.db.insertInto('hive_nonces').values({ key_id: 'a', nonce: 'b', ends_at: 1 }).execute();
}

async function counts({ storage }: HiveDesk): Promise<readonly number[]> {
  return Promise.all(tables.map(async (table) => (await storage.db.selectFrom(table).selectAll().execute()).length));
}

it('keeps everything of a hive that is joined again, nothing of another, and audits that', async () => {
  const hive = await openHiveDesk();
  await forgetOtherHive(hive.storage, hive.clock, one);
  await lived(hive);
  const before = await counts(hive);
  expect(before).not.toContain(0);
  await forgetOtherHive(hive.storage, hive.clock, one);
  expect(await counts(hive)).toEqual(before);

  await forgetOtherHive(hive.storage, hive.clock, other);
  expect(await counts(hive)).toEqual(tables.map(() => 0));
  const { db } = hive.storage;
  expect(await db.selectFrom('hive_nonces').selectAll().execute()).toHaveLength(1);
  const audit = await db.selectFrom('hive_audit').selectAll().orderBy('number').execute();
  expect(audit.length).toBeGreaterThan(1);
  expect(audit.at(-1)).toMatchObject({ act: 'other-hive-forgotten', subject: one, detail_json: `{"now":"${other}"}` });
});

it('forgets in the turn in which the membership becomes another hive’s, before whoever asks the database next', async () => {
  const hive = await openHiveDesk();
  const { storage, clock, log } = hive;
  const anchor = createTestAnchor();
  const now = (): number => clock.now();
  const parent = createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now });
  const chain = parent.issue(clock.now());
  const { store } = await openHiveMember({ clock, client: parent.client, anchor: anchor.publicKey, chain });
  const record = store.get().hive;
  if (record === null) throw new Error('It is no member.');
  const stops = createStopList();
  onTestFinished(() => stops.stopAll());
  const asked: Promise<readonly number[]>[] = [];
  // Told first, as everybody who was there before; asks once the change has been told to all.
  store.onChange(() => asked.push(Promise.resolve().then(() => counts(hive))));
  keepMarkedTier({ store, storage, clock, log, stops, config: { tier: 'regional' } });
  await lived(hive);
  const before = await counts(hive);
  await store.update((present) => ({ ...present, hive: null }));
  await store.update((present) => ({ ...present, hive: record }));
  await store.update((present) => ({ ...present, hive: { ...record, anchor: other } }));
  expect(await Promise.all(asked)).toEqual([before, before, tables.map(() => 0)]);
});
