import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../../node-core/api/failures.ts';
import { startApplicant, until } from '../../../builders/applicant.ts';
import { deskClient, type HiveDesk, openHiveDesk } from '../../../builders/hive-desk.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const identity = createSeededIdentity('applicant');
const at = 'https://central.test:6776';
const pin = 'a'.repeat(64);

function linkTo(hive: HiveDesk, invite?: { id: string; secret: string }, tier = 'regional'): string {
  const parts = new URLSearchParams({ at, anchor: hive.anchor.publicKey, tier, tls: pin, name: 'The lab' });
  if (invite) parts.set('invite', `${invite.id}.${invite.secret}`);
  return `nunba://join?${parts}`;
}
const faraway = { address: '203.0.113.9', isLoopback: false, publicKey: identity.publicKey };

describe('joining by a link', () => {
  it('becomes a member by an invite', async () => {
    const hive = await openHiveDesk();
    const invite = await hive.invite({ mayIssue: true });
    const { applicant, store } = await startApplicant({ client: deskClient(hive.desk, faraway), clock: hive.clock });
    await applicant.join(linkTo(hive, invite));
    await until(store, () => store.get().hive !== null);
    expect(store.get()).toMatchObject({
      application: null,
      hive: {
        anchor: hive.anchor.publicKey,
        tier: 'regional',
        hiveName: 'The lab',
        parent: { url: at, pin, publicKey: hive.anchor.publicKey },
        chain: {
          certificate: { public_key: identity.publicKey, capabilities: ['mesh', 'work', 'issue'] },
          issuers: [],
        },
        ended: null,
      },
    });
    expect(applicant.view()).toBeNull();
  });
});
