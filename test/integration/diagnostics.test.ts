import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Client } from '../../node-core/api/client.ts';
import { placesIn } from '../../node-core/platform/data-folder.ts';
import { readEndpoint } from '../../node-core/platform/endpoint-file.ts';
import { followThread } from '../builders/followed-thread.ts';
import { makeMasterKey, newFolder, startCentral, startRegional } from '../builders/hive.ts';
import { modelServer } from '../builders/model-server.ts';
import { serveNode } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';

const timeout = 180_000;

/** Words that nobody writes, planted one by one: `canary-<name>-…`. */
const planted: string[] = [];
function canary(name: string): string {
  const word = `canary-${name}-7f2e91c4`;
  planted.push(word);
  return word;
}

/** A secret that the node made itself. */
function secret(text: string | null | undefined): void {
  if (!text || text.length < 12) throw new Error('nothing was planted');
  planted.push(text);
}

const diagnosticsOf = async (client: Client): Promise<string> => (await client.call('status.diagnostics', {})).text;
const found = (text: string): readonly string[] => planted.filter((word) => text.includes(word));

/** Lines of the PEM file that hold the key itself. */
const keyLines = (file: string): string =>
  fs
    .readFileSync(file, 'utf8')
    .replaceAll(/-----[^-]+-----/g, '')
    .replaceAll(/\s/g, '');

async function plantInChats(client: Client, providerId: string): Promise<void> {
  const conversation = await client.call('conversations.create', { agentId: null, model: `${providerId}/test-model` });
  const { id: conversationId } = conversation;
  const thread = followThread(client, conversationId);
  const send = async (text: string, attachmentIds: string[] = []) => {
    const turn = await client.call('thread.send', { conversationId, text, attachmentIds });
    await thread.answer(({ id, state }) => id === turn.assistantMessageId && /complete|failed/.test(state.kind));
    return turn;
  };
  const base64 = Buffer.from(canary('attachment-text')).toString('base64');
  const attachment = await client.call('attachments.add', {
    conversationId,
    name: `${canary('attachment-name')}.txt`,
    mediaType: 'text/plain',
    base64,
  });
  const first = await send(canary('prompt-and-answer'), [attachment.id]);
  for (const play of ['401', '404', '429', '500', 'cut', 'html', 'bad-sse', 'tools-wrong']) {
    await send(`play:${play} ${canary(`prompt-${play}`)}`);
  }
  await client.call('thread.edit', { messageId: first.userMessageId ?? '', text: canary('edited'), attachmentIds: [] });
  await client.call('conversations.update', { id: conversationId, title: canary('title') });
  await client.call('search.messages', { query: canary('search'), limit: 10 });
  await client.call('agents.create', {
    name: canary('agent-name'),
    description: canary('agent-description'),
    instructions: canary('agent-instructions'),
    greeting: canary('agent-greeting'),
    tools: [],
    model: null,
  });
}

test('the diagnostics of a busy node hold none of its secrets and nothing of its chats', { timeout }, async () => {
  const keys = { environment: `sk-${canary('environment-key')}`, added: canary('added-key') };
  const [named, added] = [await modelServer({ key: keys.environment }), await modelServer({ key: keys.added })];
  const folder = path.join(tempFolder(), 'data');
  const passphraseFile = path.join(tempFolder(), 'passphrase');
  fs.writeFileSync(passphraseFile, canary('passphrase-of-a-file'), { mode: 0o600 });
  const node = await serveNode(folder, {
    HEVOLVE_LLM_ENDPOINT_URL: `${named.url}/v1`,
    HEVOLVE_LLM_MODEL_NAME: 'test-model',
    HEVOLVE_LLM_API_KEY: keys.environment,
    NUNBA_KEY_PASSPHRASE_FILE: passphraseFile,
  });
  const client = await node.connect();
  const draft = {
    kind: 'openai-compatible' as const,
    name: 'Added',
    url: `${added.url}/v1`,
    key: keys.added,
    trustedCertificate: null,
  };
  await client.call('models.test', { draft: { ...draft, key: canary('refused-key') }, providerId: null, model: null });
  const { providerId } = await client.call('models.add', { draft, model: 'test-model' });
  await plantInChats(client, providerId);
  await client.call('keys.saveRecovery', { passphrase: canary('recovery-passphrase') });
  secret((await client.call('api.token', {})).token);
  secret((await client.call('api.renewToken', {})).token);
  secret(readEndpoint(placesIn(folder).run)?.token);
  await client.call('trust.review', { link: `nunba://join?${canary('link')}` }).catch(() => undefined);
  await client
    .call('models.add', {
      draft: { ...draft, url: `http://me:${canary('address-password')}@127.0.0.1:1/v1` },
      model: null,
    })
    .catch(() => undefined);
  await client.call('storage.backup', {});

  const text = await diagnosticsOf(client);
  expect(found(text)).toEqual([]);
  expect(text).toContain('Made and verified a backup.');
  expect(text).toMatch(/== Checks ==\n[\s\S]*== Status ==\n[\s\S]*== Log ==\n.{20}/);
  expect(text).toContain('"state"');
});

test('the diagnostics of a hive hold none of its secrets', { timeout }, async () => {
  const key = await makeMasterKey();
  const central = await startCentral(key);
  const regional = await startRegional(central);
  const client = await central.connect();
  const order = { tier: null, uses: 1, expiresInSeconds: 3_600, mayIssue: false };
  const { link } = await client.call('authority.createInvite', order);
  secret(new URL(link).searchParams.get('invite')?.split('.')[1]);
  secret((await client.call('authority.federationKey', {})).key);
  secret((await client.call('authority.rotateFederationKey', {})).key);
  secret(fs.readFileSync(key.file, 'utf8').trim());
  for (const node of [central, regional]) {
    secret(keyLines(path.join(node.dataFolder, 'identity/node_private_key.pem')));
    secret(readEndpoint(placesIn(node.dataFolder).run)?.token);
  }
  const folder = newFolder('late');
  const used = await serveNode(folder);
  const applicant = await used.connect();
  await applicant.call('trust.join', { link });
  await expect
    .poll(async () => (await applicant.call('status.get', {})).tier, { timeout: 30_000, interval: 200 })
    .toBe('regional');
  for (const each of [client, await regional.connect(), applicant])
    expect(found(await diagnosticsOf(each))).toEqual([]);
  expect(planted.length).toBeGreaterThanOrEqual(30);
});
