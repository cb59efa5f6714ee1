import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { certificateBytes } from '../../../node-core/protocol/trust/certificate.ts';
import { createStrictVerifier } from '../../../node-core/trust/verification/strict-verify.ts';
import { type ApplicantEnd, enrolUnderKills } from '../../builders/enrol-under-kills.ts';
import { type HiveNode, makeMasterKey, newFolder, startHiveNode } from '../../builders/hive.ts';
import { createNodeStarter, firstTraces, killWhenThere } from '../../builders/killed-node.ts';
import { randomFrom } from '../../builders/random-from.ts';

const verify = createStrictVerifier();
const applicants = 60;
/** So many of them hold an invite that another one holds as well. */
const contested = 10;
const order = { tier: null, uses: 1, expiresInSeconds: 3_600, mayIssue: false } as const;
const rowsSchema = z.array(z.object({ serial: z.string(), public_key: z.string(), signature: z.string() }));

async function invitesOf(central: HiveNode): Promise<{ id: string; secret: string }[]> {
  const client = await central.connect();
  const invites: { id: string; secret: string }[] = [];
  for (let count = 0; count < applicants - contested / 2; count += 1) {
    const { link } = await client.call('authority.createInvite', order);
    const [id = '', secret = ''] = (new URL(link).searchParams.get('invite') ?? '').split('.');
    invites.push({ id, secret });
  }
  return [...invites, ...invites.slice(0, contested / 2)];
}

/** What is on record against what the applicants hold. */
function judge(folder: string, anchor: string, ends: readonly ApplicantEnd[]): void {
  const records = new Database(path.join(folder, 'nunba.db'), { readonly: true });
  const rows = rowsSchema.parse(records.prepare('SELECT * FROM hive_certificates').all());
  const uses = records.prepare('SELECT invite_id FROM hive_invite_uses').pluck().all();
  records.close();
  const admitted = ends.filter(({ refusal }) => refusal === null);
  for (const { refusal } of ends) expect([null, '410 invite-used']).toContain(refusal);
  expect(admitted).toHaveLength(applicants - contested / 2);
  for (const { certificates, publicKey } of admitted) {
    expect(certificates, 'one certificate, however often it was asked for').toHaveLength(1);
    for (const certificate of certificates) {
      const { serial, parent_signature: signature } = certificate;
      expect(rows).toContainEqual({ serial, public_key: publicKey, signature });
      expect(verify(certificateBytes(certificate), signature, anchor)).toBe(true);
    }
  }
  expect(new Set(rows.map((row) => row.public_key)).size, 'nobody has two').toBe(rows.length);
  expect(rows).toHaveLength(admitted.length);
  expect(new Set(uses).size, 'no invite is used twice').toBe(uses.length);
  expect(uses).toHaveLength(admitted.length);
}

test('a served central that is killed during its first start and 10 times among 60 enrolments loses and doubles nothing', async () => {
  const key = await makeMasterKey();
  const folder = newFolder('central');
  for (const trace of firstTraces) await killWhenThere(folder, trace, key);
  const central = await startHiveNode(folder, ['--tier', 'central', '--master-key', key.file]);
  const start = createNodeStarter(central);
  const seed = Math.floor(systemClock.now());
  const plan = { start, invites: await invitesOf(central), concurrency: 8, kills: 10, random: randomFrom(seed) };
  const { ends, kills } = await enrolUnderKills(plan);
  expect({ kills, ends: ends.length }, `seed ${seed}`).toEqual({ kills: 10, ends: applicants });
  judge(folder, key.anchor, ends);
}, 400_000);
