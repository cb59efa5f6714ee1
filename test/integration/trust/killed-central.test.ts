import { expect, it } from 'vitest';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { certificateBytes } from '../../../node-core/protocol/trust/certificate.ts';
import { createStrictVerifier } from '../../../node-core/trust/verification/strict-verify.ts';
import { type ApplicantEnd, enrolUnderKills } from '../../builders/enrol-under-kills.ts';
import { type HiveDesk, openHiveDesk } from '../../builders/hive-desk.ts';
import { createCentralStarter } from '../../builders/killed-central.ts';
import { randomFrom } from '../../builders/random-from.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const verify = createStrictVerifier();
const applicants = 1_000;
/** So many of them hold an invite that another one holds as well. */
const contested = 100;

/** The records, in a process that is never killed and issues nothing. */
async function openRecords(): Promise<{ hive: HiveDesk; invites: { id: string; secret: string }[] }> {
  const hive = await openHiveDesk({ clock: createFakeClock(systemClock.now()) });
  const names = Array.from({ length: applicants - contested / 2 }, (_, n) => `invite${String(n).padStart(10, '0')}`);
  const invites = await hive.invites(names);
  return { hive, invites: [...invites, ...invites.slice(0, contested / 2)] };
}

/** What is on record against what the applicants hold. */
async function judgeRecords({ storage, anchor }: HiveDesk, ends: readonly ApplicantEnd[]): Promise<void> {
  const rows = await storage.db.selectFrom('hive_certificates').selectAll().execute();
  const uses = await storage.db.selectFrom('hive_invite_uses').selectAll().execute();
  const bySerial = new Map(rows.map((row) => [row.serial, row]));
  for (const { certificates, refusal, inviteId, publicKey } of ends) {
    if (refusal !== null) {
      expect(refusal).toBe('410 invite-used');
      expect(certificates).toEqual([]);
      expect(uses.filter((use) => use.invite_id === inviteId).map((use) => use.public_key)).not.toContain(publicKey);
      continue;
    }
    expect(certificates, 'one certificate, however often it was asked for').toHaveLength(1);
    for (const certificate of certificates) {
      const { parent_signature: signature, ...body } = certificate;
      const row = bySerial.get(certificate.serial);
      expect(row && { ...JSON.parse(row.body_json), signature: row.signature }).toEqual({ ...body, signature });
      expect(verify(certificateBytes(certificate), signature, anchor.publicKey)).toBe(true);
    }
  }
  expect(new Set(rows.map((row) => row.public_key)).size, 'nobody has two').toBe(rows.length);
  expect(new Set(rows.map((row) => row.enrolment_id)).size).toBe(rows.length);
  expect(new Set(uses.map((use) => use.invite_id)).size, 'no invite is used twice').toBe(uses.length);
  expect(uses).toHaveLength(rows.length);
  expect(rows.every((row) => row.signature !== null)).toBe(true);
}

it('loses nothing and gives nothing twice when central is killed 100 times during 1,000 enrolments', async () => {
  const { hive, invites } = await openRecords();
  const seed = Math.floor(systemClock.now());
  const start = createCentralStarter(hive.folder);
  const random = randomFrom(seed);
  const { ends, kills } = await enrolUnderKills({ start, invites, concurrency: 32, kills: 100, random });
  expect({ kills, ends: ends.length }, `seed ${seed}`).toEqual({ kills: 100, ends: applicants });
  expect(ends.filter(({ refusal }) => refusal === null)).toHaveLength(applicants - contested / 2);
  await judgeRecords(hive, ends);
}, 600_000);

it('gives nothing twice when two processes serve one database', async () => {
  const { hive, invites } = await openRecords();
  const startOne = createCentralStarter(hive.folder);
  const [one, two] = [await startOne(), await startOne()];
  let turn = 0;
  // Every request goes to the other process than the one before.
  const start = async () => ({
    post: (route: string, body: unknown) => {
      turn += 1;
      return (turn % 2 === 0 ? one : two).post(route, body);
    },
    kill: async () => void (await Promise.all([one.kill(), two.kill()])),
  });
  const random = randomFrom(7);
  const { ends } = await enrolUnderKills({ start, invites, concurrency: 32, kills: 0, random });
  expect(ends.filter(({ refusal }) => refusal === null)).toHaveLength(applicants - contested / 2);
  await judgeRecords(hive, ends);
}, 300_000);
