import path from 'node:path';
import { expect, test } from 'vitest';
import type { Client } from '../../../node-core/api/client.ts';
import { joinStepNames, type TrustView } from '../../../node-core/api/trust-views.ts';
import { commandOn, type HiveNode, inviteOf, makeMasterKey, newFolder, startCentral } from '../../builders/hive.ts';
import { serveNode } from '../../builders/node-process.ts';

/** Real processes over https; the self-made certificate of central is vouched for by a bundle, as no link pins it. */
const timeout = 120_000;

/** A flat node that trusts central's own certificate. */
async function startFlat(central: HiveNode) {
  const folder = newFolder('flat');
  const node = await serveNode(folder, {
    HEVOLVE_CA_BUNDLE: path.join(central.dataFolder, 'identity/tls/certificate.pem'),
  });
  return { folder, node, client: await node.connect() };
}

const typed = (central: HiveNode, words: string | null) => ({
  address: new URL(central.url).host,
  tier: 'regional' as const,
  words,
});
const anchorWords = async (central: HiveNode): Promise<string> =>
  (await (await central.connect()).call('trust.get', {})).membership?.anchorWords.join(' ') ?? '';
const see = (client: Client) => (): Promise<TrustView> => client.call('trust.get', {});
const phaseOf = async (client: Client): Promise<string | undefined> => (await see(client)()).application?.phase;
const stepsOf = async (client: Client): Promise<readonly (string | undefined)[]> =>
  (await see(client)()).join?.steps.map(({ state }) => state) ?? [];
const soon = { timeout: 30_000, interval: 200 };
const allDone = joinStepNames.map(() => 'done');

test('by its address and the right words a node applies without a question, and after a yes all steps are done', {
  timeout,
}, async () => {
  const central = await startCentral(await makeMasterKey());
  const { client } = await startFlat(central);
  await client.call('trust.joinAddress', typed(central, await anchorWords(central)));
  await expect.poll(() => phaseOf(client), soon).toBe('pending');
  expect((await stepsOf(client)).slice(0, 5)).toEqual(['done', 'done', 'done', 'done', 'running']);
  const { publicKey } = await see(client)();
  await central.command('requests', 'approve', publicKey.slice(0, 16));
  await expect.poll(() => stepsOf(client), { ...soon, timeout: 60_000 }).toEqual(allDone);
  const { membership, history } = await see(client)();
  expect(membership).toMatchObject({ tier: 'regional', parent: { url: central.url } });
  expect(history.map(({ kind }) => kind)).toEqual(['joined']);
});

test('wrong words pin nothing; later the stated ones are confirmed, also after a restart', { timeout }, async () => {
  const central = await startCentral(await makeMasterKey(), '--admission', 'open');
  const { client, folder, node } = await startFlat(central);
  await client.call('trust.joinAddress', typed(central, 'abandon ability able about'));
  await expect.poll(() => phaseOf(client), soon).toBe('failed');
  expect((await see(client)()).application).toMatchObject({ anchor: null, obstacle: { code: 'other-words' } });
  expect(await stepsOf(client)).toContain('failed');

  await client.call('trust.joinAddress', typed(central, null));
  await expect.poll(async () => (await see(client)()).application?.statedWords ?? null, soon).not.toBeNull();
  await node.stop();
  const again = await serveNode(folder, {
    HEVOLVE_CA_BUNDLE: path.join(central.dataFolder, 'identity/tls/certificate.pem'),
  });
  const later = await again.connect();
  expect((await see(later)()).application).toMatchObject({ phase: 'unconfirmed', anchor: null });
  await later.call('trust.confirm', { words: await anchorWords(central) });
  await expect.poll(() => stepsOf(later), soon).toEqual(allDone);
  const kinds = (await see(later)()).history.map(({ kind }) => kind);
  expect(kinds).toEqual(['joined', 'join-failed']);
});

test('by an invite all seven steps are done, each with its time, in the node and on the command line', {
  timeout,
}, async () => {
  const central = await startCentral(await makeMasterKey());
  const { client, folder } = await startFlat(central);
  const printed = await commandOn(folder, 'join', await inviteOf(central), '--yes');
  const { host } = new URL(central.url);
  for (const line of [
    'Keys ready',
    `${host} reached`,
    `${host} proved that it is the hive’s`,
    'Challenge answered',
    'Certificate received, until',
  ]) {
    expect(printed).toContain(line);
  }
  expect(printed).toMatch(/Federation key set \(\d+ ms\)\n[\s\S]*answers signed requests \(/);
  const { join } = await see(client)();
  expect(join?.steps.map(({ name, state }) => [name, state])).toEqual(joinStepNames.map((name) => [name, 'done']));
  expect(join?.steps.every(({ tookMs }) => tookMs !== null && tookMs >= 0)).toBe(true);
  await commandOn(folder, 'leave');
  expect(await see(client)()).toMatchObject({
    join: null,
    membership: null,
    history: [{ kind: 'left' }, { kind: 'joined' }],
  });
});
