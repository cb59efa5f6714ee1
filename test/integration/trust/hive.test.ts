import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { judgeChain } from '../../../node-core/protocol/trust/chain.ts';
import { createStrictVerifier } from '../../../node-core/trust/verification/strict-verify.ts';
import {
  commandOn,
  type HiveNode,
  inviteOf,
  makeMasterKey,
  newFolder,
  startCentral,
  startRegional,
  statusOf,
} from '../../builders/hive.ts';
import { runCommand, serveNode } from '../../builders/node-process.ts';

/** Three real processes over https with self-made certificates, which the links pin. */
const timeout = 120_000;
const verify = createStrictVerifier();

/** What `trust --json` prints, judged as somebody else would. */
async function judged(dataFolder: string, anchor: string) {
  const { certificate, issuers, ...rest } = JSON.parse(await commandOn(dataFolder, 'trust', '--json'));
  expect(rest.anchor).toBe(anchor);
  return judgeChain({ certificate, issuers }, { anchor, nowMs: Date.now(), verify, isRevoked: () => false });
}

/** The four words as the steward sees them. */
async function wordsOf(central: HiveNode): Promise<string> {
  const client = await central.connect();
  return (await client.call('trust.get', {})).membership?.anchorWords.join(' ') ?? '';
}

/** As docs.hevolve.ai has it under “.env for regional”, but for the address. */
const hartRegional = (centralUrl: string): string => `HEVOLVE_NODE_TIER=regional
HEVOLVE_CENTRAL_URL=${centralUrl}
HEVOLVE_LLM_ENDPOINT_URL=http://your-llm-server:8080/v1
HEVOLVE_LLM_MODEL_NAME=Qwen3-VL-4B-Instruct
HART_NODE_KEY=your-federation-key        # From central admin
ENABLE_FEDERATION=true
`;

describe('a hive of three tiers', { timeout }, () => {
  test('is made by invites; every chain ends at the anchor, and every status says so', async () => {
    const key = await makeMasterKey();
    const central = await startCentral(key);
    const regional = await startRegional(central);
    const local = newFolder('local');
    await commandOn(local, 'join', await inviteOf(regional), '--yes');
    await serveNode(local);

    expect(await judged(regional.dataFolder, key.anchor)).toMatchObject({
      kind: 'valid',
      chain: { certificate: { tier: 'regional', capabilities: ['mesh', 'work', 'issue'] }, issuers: [] },
    });
    expect(await judged(local, key.anchor)).toMatchObject({
      kind: 'valid',
      chain: { certificate: { tier: 'local', capabilities: ['mesh', 'work'] }, issuers: [{ tier: 'regional' }] },
    });
    expect(await statusOf(central.dataFolder)).toMatchObject({ tier: 'central', state: 'healthy' });
    const status = await statusOf(local);
    expect(status).toMatchObject({
      tier: 'local',
      state: 'healthy',
      hive: { anchor: key.anchor, parentUrl: regional.url },
    });
    expect(status.hive?.certificateEndsAt).toBeGreaterThan(Date.now());
    expect(status.hive?.parentVerifiedAt).toBeGreaterThan(Date.now() - timeout);
  });

  test('asks a steward where there is no invite, and goes on by itself once one has agreed', async () => {
    const key = await makeMasterKey();
    const central = await startCentral(key);
    const folder = newFolder('regional');
    const withInvite = new URL(await inviteOf(central));
    withInvite.searchParams.delete('invite');
    expect(await commandOn(folder, 'join', withInvite.href, '--yes')).toMatch(/steward/);
    expect(await statusOf(folder)).toMatchObject({
      tier: 'flat',
      state: 'joining',
      reasons: [{ kind: 'join-pending' }, {}],
    });
    const { requests } = JSON.parse(await central.command('requests', 'list', '--json'));
    expect(requests).toHaveLength(1);
    await central.command('requests', 'approve', requests[0].publicKey.slice(0, 12));
    const node = await serveNode(folder);
    await expect.poll(() => statusOf(folder), { timeout: 60_000, interval: 500 }).toMatchObject({ tier: 'regional' });
    await node.kill();
    expect(await judged(folder, key.anchor)).toMatchObject({ kind: 'valid' });
  });

  test('is joined by the regional .env of HART OS’s documents and the anchor, after one approval', async () => {
    const key = await makeMasterKey();
    const central = await startCentral(key);
    const folder = newFolder('regional');
    fs.mkdirSync(folder);
    const [documented, anchor] = [hartRegional(central.url), `NUNBA_HIVE_ANCHOR=${key.anchor}\n`];
    fs.writeFileSync(path.join(folder, '.env'), documented + anchor);
    // A central of one's own has a certificate that no root vouches for.
    const HEVOLVE_CA_BUNDLE = path.join(central.dataFolder, 'identity/tls/certificate.pem');
    await serveNode(folder, { HEVOLVE_CA_BUNDLE });
    const asked = async () => JSON.parse(await central.command('requests', 'list', '--json')).requests;
    await expect.poll(asked, { timeout: 30_000, interval: 500 }).toHaveLength(1);
    await central.command('requests', 'approve', (await asked())[0].id);
    await expect.poll(() => statusOf(folder), { timeout: 60_000, interval: 500 }).toMatchObject({ tier: 'regional' });
  });

  test('is joined without an anchor only after its four words were confirmed; until then the node is not ready', async () => {
    const key = await makeMasterKey();
    const central = await startCentral(key);
    const folder = newFolder('regional');
    const node = await serveNode(folder, {
      HEVOLVE_NODE_TIER: 'regional',
      HEVOLVE_CENTRAL_URL: central.url,
      HEVOLVE_CA_BUNDLE: path.join(central.dataFolder, 'identity/tls/certificate.pem'),
    });
    const stated = async () => JSON.parse(await commandOn(folder, 'trust', '--json')).application?.statedWords ?? null;
    await expect.poll(stated, { timeout: 30_000, interval: 500 }).toHaveLength(4);
    const ready = await fetch(`${node.address}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'joining' }]);
    const wrong = await runCommand(['join', '--confirm', 'abandon ability able about', '--data', folder]);
    expect([wrong.code, wrong.errors]).toEqual([1, expect.stringMatching(/not the words/)]);
    const words: readonly string[] = await stated();
    expect(words.join(' ')).toBe(await wordsOf(central));
    await commandOn(folder, 'join', '--confirm', words.join(' '));
    expect((await fetch(`${node.address}/ready`)).status).toBe(200);
    expect(await statusOf(folder)).toMatchObject({ state: 'joining', hive: { anchor: key.anchor } });
  });

  test('shows a revoked node why', async () => {
    const key = await makeMasterKey();
    const central = await startCentral(key);
    const regional = await startRegional(central);
    const { certificate } = JSON.parse(await regional.command('trust', '--json'));
    await central.command('revoke', certificate.public_key, '--reason', 'lost laptop');
    await expect
      .poll(() => statusOf(regional.dataFolder), { timeout: 60_000, interval: 1_000 })
      .toMatchObject({
        tier: 'flat',
        state: 'attention',
        reasons: [{ kind: 'membership-ended', said: 'lost laptop' }, {}],
      });
    const members = JSON.parse(await central.command('members', 'list', '--json')).members;
    expect(members).toMatchObject([{ state: 'revoked', revokedReason: 'lost laptop' }]);
  });

  test('is left and joined again; identity and chats stay', async () => {
    const key = await makeMasterKey();
    const central = await startCentral(key);
    const regional = await startRegional(central);
    const before = JSON.parse(await regional.command('trust', '--json'));
    await regional.command('leave');
    expect(await statusOf(regional.dataFolder)).toMatchObject({ tier: 'flat', state: 'flat', hive: null });
    await regional.command('join', await inviteOf(central), '--yes');
    const after = JSON.parse(await regional.command('trust', '--json'));
    expect(after.certificate.public_key).toBe(before.certificate.public_key);
    expect(after.certificate.serial).not.toBe(before.certificate.serial);
  });
});

describe('refused', { timeout }, () => {
  test('a used invite, a revoked invite, and another anchor', async () => {
    const key = await makeMasterKey();
    const central = await startCentral(key);
    const link = await inviteOf(central);
    await commandOn(newFolder('first'), 'join', link, '--yes');
    const again = await runCommand(['join', link, '--yes', '--data', newFolder('second')]);
    expect([again.code, again.out + again.errors]).toEqual([1, expect.stringMatching(/used/)]);

    const revoked = JSON.parse(await central.command('invite', 'create', '--json'));
    await central.command('invite', 'revoke', revoked.invite.id);
    const late = await runCommand(['join', revoked.link, '--yes', '--data', newFolder('third')]);
    expect([late.code, late.out + late.errors]).toEqual([1, expect.stringMatching(/revoked|taken back/)]);

    const other = await makeMasterKey();
    const false_ = new URL(await inviteOf(central));
    false_.searchParams.set('anchor', other.anchor);
    const folder = newFolder('fourth');
    const wrong = await runCommand(['join', false_.href, '--yes', '--data', folder]);
    expect([wrong.code, wrong.out + wrong.errors]).toEqual([1, expect.stringMatching(/another|other/)]);
    expect(await statusOf(folder)).toMatchObject({ tier: 'flat' });
  });

  test('an invite that has expired', async () => {
    const central = await startCentral(await makeMasterKey());
    const link = await inviteOf(central);
    await central.stop();
    const database = new Database(path.join(central.dataFolder, 'nunba.db'));
    database.prepare('UPDATE hive_invites SET expires_at = ?').run(Date.now() - 1);
    database.close();
    await central.again();
    const late = await runCommand(['join', link, '--yes', '--data', newFolder('late')]);
    expect([late.code, late.out + late.errors]).toEqual([1, expect.stringMatching(/expired/)]);
  });

  test('a second central on the database file of the first, with a sentence', async () => {
    const key = await makeMasterKey();
    const central = await startCentral(key);
    const args = [
      'serve',
      '--data',
      central.dataFolder,
      '--port',
      '0',
      '--hive-port',
      '0',
      '--public-url',
      central.url,
    ];
    const second = await runCommand([...args, '--master-key', key.file]);
    expect([second.code, second.errors]).toEqual([1, expect.stringMatching(/already|belongs to|in use|runs/)]);
  });

  test('another master key for the folder of a central', async () => {
    const central = await startCentral(await makeMasterKey());
    await central.stop();
    const other = await makeMasterKey();
    const args = [
      'serve',
      '--data',
      central.dataFolder,
      '--port',
      '0',
      '--hive-port',
      '0',
      '--public-url',
      central.url,
    ];
    fs.rmSync(path.join(central.dataFolder, 'identity/central_certificate.json'));
    const { code, errors } = await runCommand([...args, '--master-key', other.file]);
    expect([code, errors]).toEqual([1, expect.stringMatching(/signer/i)]);
  });
});
