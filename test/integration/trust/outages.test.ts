import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  commandOn,
  inviteOf,
  makeMasterKey,
  newFolder,
  startCentral,
  startHiveNode,
  startRegional,
  statusOf,
} from '../../builders/hive.ts';
import { serveNode, startSteward } from '../../builders/node-process.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

/** Real processes over https, some of which end without a word. */
const timeout = 300_000;
/** The applicant tries again a minute after an issuer did not answer. */
const slow = { timeout: 150_000, interval: 1_000 } as const;

test('central killed while six nodes join: each of them becomes a member with one certificate', {
  timeout,
}, async () => {
  const central = await startCentral(await makeMasterKey());
  const links = await Promise.all(Array.from({ length: 6 }, () => inviteOf(central)));
  const folders = links.map((_, index) => newFolder(`node-${index}`));
  const nodes = links.map(async (link, index) => {
    // Later each, so that the kill meets them at different steps.
    await wait(index * 250);
    return serveNode(folders[index] ?? '', { NUNBA_JOIN_LINK: link });
  });
  await wait(1_200);
  await central.kill();
  await Promise.all(nodes);
  const again = await central.again();
  for (const folder of folders) {
    await expect.poll(() => statusOf(folder), slow).toMatchObject({ tier: 'regional', state: 'healthy' });
  }
  const { members } = JSON.parse(await again.command('members', 'list', '--json'));
  expect(members).toHaveLength(6);
});

test('a revoked regional: its local moves to another one by itself', { timeout }, async () => {
  const central = await startCentral(await makeMasterKey());
  const [first, second] = [await startRegional(central), await startRegional(central)];
  const local = newFolder('local');
  await commandOn(local, 'join', await inviteOf(first), '--yes');
  await serveNode(local);
  // Regionals say where they are when they renew, and central names them within a minute.
  for (const regional of [first, second]) await regional.command('renew');
  const file = path.join(local, 'identity/membership.json');
  const named = () => JSON.parse(fs.readFileSync(file, 'utf8')).hive.directory?.directory.parents ?? [];
  await expect
    .poll(async () => {
      await first.command('renew');
      await commandOn(local, 'renew');
      return named();
    }, slow)
    .toHaveLength(3);
  const { certificate } = JSON.parse(await first.command('trust', '--json'));
  await central.command('revoke', certificate.public_key, '--reason', 'compromised');
  await expect.poll(() => statusOf(local), slow).toMatchObject({ tier: 'local', hive: { parentUrl: second.url } });
});

test('a signer that is a service of its own signs for the centrals that were listed, and for no other', {
  timeout,
}, async () => {
  const key = await makeMasterKey();
  const socket = path.join(tempFolder(), 'signer/socket');
  const folder = newFolder('central');
  const args = ['--tier', 'central', '--signer', `unix:${socket}`];
  const signer = startSteward(['signer', '--key', key.file, '--socket', socket]);
  await signer.says(/answers at unix:/);
  const refusal = String(await startHiveNode(folder, args).catch((error: unknown) => error));
  const [publicKey = ''] = /[0-9a-f]{64}/.exec(refusal) ?? [];
  expect(refusal).toMatch(/refused to sign/);
  signer.process.kill('SIGTERM');
  await signer.ended;

  const listing = ['signer', '--key', key.file, '--socket', socket, '--central-key', publicKey];
  const listed = startSteward(listing);
  await listed.says(/answers at unix:/);
  const central = await startHiveNode(folder, args);
  expect(await statusOf(folder)).toMatchObject({
    tier: 'central',
    hive: { anchor: key.anchor, isMasterKeyHere: false },
  });
  listed.process.kill('SIGKILL');
  await listed.ended;
  // What it has lasts; what needs the signer waits for it.
  const link = await inviteOf(central);
  expect(await statusOf(folder)).toMatchObject({ state: 'healthy' });
  await startSteward(listing).says(/answers at unix:/);
  await commandOn(newFolder('regional'), 'join', link, '--yes');
});
