import fs from 'node:fs';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import { lifetimeMs } from '../../node-core/protocol/trust/certificate.ts';
import { issuedSchema } from '../../node-core/protocol/trust/enrolment.ts';
import { type ComposedDesk, composeDesk } from '../builders/compose-desk.ts';
import { deskApplicant, nearby } from '../builders/desk-applicant.ts';
import { createSeededIdentity } from '../doubles/trust/identity.ts';
import { temporaryFolder } from './spawn-node.ts';
import { type Measurement, median, percentile } from './statistics.ts';

const alone = 100;
const together = 320;
const concurrency = 32;
const renewals = 200;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
};

/**
 * Enrolment and renewal at the issuer's desk, without HTTP: what the database, with its commits to the disk, and the
 * signatures of both sides take. The signer is in the same process.
 */
export async function measureEnrolment(): Promise<readonly Measurement[]> {
  const folder = temporaryFolder();
  const ahead = { ms: 0 };
  const clock = { ...systemClock, now: () => systemClock.now() + ahead.ms };
  const hive = await composeDesk({ folder, clock, log: silent, admission: { modes: ['open'] } });
  try {
    const one = await enrolAlone(hive);
    const many = await enrolTogether(hive);
    const perSecond = await renewPerSecond(hive, ahead);
    const note = 'both steps through the desk, SQLite with synchronous=FULL, no HTTP';
    return [
      {
        name: 'enrolment, both steps, p50',
        value: median(one),
        unit: 'ms',
        budget: 50,
        note: `${note}; ${alone} runs`,
      },
      {
        name: `enrolment at concurrency ${concurrency}, p99`,
        value: percentile(many, 0.99),
        unit: 'ms',
        budget: null,
        note: `${note}; ${together} runs`,
      },
      {
        name: 'renewals',
        value: perSecond,
        unit: '/s',
        budget: null,
        note: `${renewals} through the desk, one after another`,
      },
    ];
  } finally {
    await hive.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function enrol({ desk }: ComposedDesk, name: string): Promise<void> {
  const reply = await deskApplicant(createSeededIdentity(name)).enrol(desk, { caller: nearby });
  issuedSchema.parse(reply.body);
}

async function enrolAlone(hive: ComposedDesk): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < alone; n += 1) times.push(await timed(() => enrol(hive, `alone ${n}`)));
  return times;
}

async function enrolTogether(hive: ComposedDesk): Promise<number[]> {
  const times: number[] = [];
  const queue = Array.from({ length: together }, (_, n) => `together ${n}`).values();
  const work = async (): Promise<void> => {
    for (const name of queue) times.push(await timed(() => enrol(hive, name)));
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return times;
}

/** Between two renewals half a life passes: sooner the present certificate would be served again. */
async function renewPerSecond({ desk }: ComposedDesk, ahead: { ms: number }): Promise<number> {
  const { identity, enrol: join } = deskApplicant(createSeededIdentity('renewing'));
  const { certificate, issuers } = issuedSchema.parse((await join(desk, { caller: nearby })).body);
  const member = { publicKey: identity.publicKey, chain: { certificate, issuers } };
  const serials = new Set<string>();
  const tookMs = await timed(async () => {
    for (let n = 0; n < renewals; n += 1) {
      ahead.ms += lifetimeMs.regional / 2;
      const renewed = issuedSchema.parse((await desk.renew({ sealing_key: identity.sealingKey }, member)).body);
      serials.add(renewed.certificate.serial);
    }
  });
  if (serials.size !== renewals) throw new Error('Some of the renewals gave no new certificate.');
  return (renewals * 1000) / tookMs;
}
