import { expect, it } from 'vitest';
import type { HiveClient } from '../../../../node-core/trust/transport/hive-client.ts';
import { startApplicant, until } from '../../../builders/applicant.ts';
import { deskClient, openHiveDesk } from '../../../builders/hive-desk.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';
import { createFakeMembershipStore } from '../../../doubles/trust/membership.ts';

const identity = createSeededIdentity('applicant');
const faraway = { address: '203.0.113.9', isLoopback: false, publicKey: identity.publicKey };

/** Ends the process (every request from then on) when the store writes no more. */
it.each([1, 2, 3, 4])('an end at the write %i leads to exactly one certificate after the next start', async (write) => {
  const hive = await openHiveDesk();
  const invite = await hive.invite();
  const client = deskClient(hive.desk, faraway);
  const link = `nunba://join?at=https://central.test&anchor=${hive.anchor.publicKey}&tier=regional&invite=${invite.id}.${invite.secret}`;
  const first = createFakeMembershipStore();
  const before = await startApplicant({ client, clock: hive.clock, store: first });
  first.breakAt(write);
  await before.applicant.join(link).catch(() => undefined);
  await hive.clock.advance(1_000);
  await before.applicant.stop();
  expect(first.writes()).toBeLessThan(write);

  const second = createFakeMembershipStore(first.get());
  const after = await startApplicant({ client, clock: hive.clock, store: second });
  if (second.get().application === null && second.get().hive === null) await after.applicant.join(link);
  await until(second, () => second.get().hive !== null);
  const issued = await hive.storage.db.selectFrom('hive_certificates').selectAll().execute();
  expect(issued).toHaveLength(1);
  expect(second.get().hive?.chain.certificate.serial).toBe(issued[0]?.serial);
});

it.each(['/register', '/register/answer'])(
  'an end while %s is on its way is made good after the next start',
  async (path) => {
    const hive = await openHiveDesk();
    const invite = await hive.invite();
    const real = deskClient(hive.desk, faraway);
    const nonces = new Set<unknown>();
    /** The request arrives; its answer never does. */
    const cutAt = (cut: string | null): HiveClient => ({
      async request(call) {
        if (call.body && typeof call.body === 'object' && 'client_nonce' in call.body)
          nonces.add(call.body.client_nonce);
        const answer = await real.request(call);
        if (call.path !== cut) return answer;
        return new Promise((_, reject) => call.signal.addEventListener('abort', () => reject(call.signal.reason)));
      },
    });
    const before = await startApplicant({ client: cutAt(path), clock: hive.clock });
    await before.applicant.join(
      `nunba://join?at=https://central.test&anchor=${hive.anchor.publicKey}&tier=regional&invite=${invite.id}.${invite.secret}`,
    );
    await hive.clock.advance(1_000);
    await before.applicant.stop();
    const after = await startApplicant({ client: cutAt(null), clock: hive.clock, store: before.store });
    await until(after.store, () => after.store.get().hive !== null);
    expect(await hive.storage.db.selectFrom('hive_certificates').selectAll().execute()).toHaveLength(1);
    expect(nonces.size).toBe(1);
  },
);
