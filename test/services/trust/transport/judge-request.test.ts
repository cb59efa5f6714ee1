import { createHash, createPublicKey } from 'node:crypto';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';
import { describe, expect, test } from 'vitest';
import type { ReceivedRequest, RequestTerms } from '../../../../node-core/trust/transport/request-judge.ts';
import { signRequest } from '../../../../node-core/trust/transport/sign-request.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import {
  createTestJudge,
  federationKeyOf,
  hiveStartMs,
  openTestStorage,
  regionalChain,
  type TestHiveOptions,
} from '../../../doubles/trust/hive-listener.ts';
import { createSeededIdentity, keyFromSeed } from '../../../doubles/trust/identity.ts';

const member = createSeededIdentity('member');
const other = createSeededIdentity('other');
const federation = federationKeyOf('this week');
const minute = 60_000;
const asMember: RequestTerms = { chain: 'known', federation: 'if-held' };
const asApplicant: RequestTerms = { chain: 'not-needed', federation: 'not-asked' };

interface Sent {
  readonly identity?: typeof member;
  readonly federation?: typeof federation | null;
  readonly atMs?: number;
  readonly path?: string;
  readonly body?: string;
}

/** A request as a member sends it and a listener receives it. */
function sent(changes: Sent = {}): ReceivedRequest {
  const {
    identity = member,
    federation: key = federation,
    atMs = hiveStartMs,
    path = '/api/hive/peers?after=x',
  } = changes;
  const body = Buffer.from(changes.body ?? '{"a":1}');
  const url = new URL(path, 'https://hive.example.org');
  const headers = signRequest(
    { method: 'POST', url, body, isMembers: key !== null },
    { identity, federationKeys: { current: () => key }, hiveTime: { now: () => atMs } },
  );
  return {
    method: 'POST',
    target: path,
    headers: { host: 'hive.example.org', ...headers },
    body,
    authorities: ['hive.example.org', '127.0.0.1:6776'],
  };
}

async function judged(request: ReceivedRequest, terms: RequestTerms = asMember, options: TestHiveOptions = {}) {
  const storage = options.storage ?? (await openTestStorage(tempFolder()));
  const given = { accepted: [federation], known: [regionalChain(member.publicKey)], ...options };
  return createTestJudge(given, storage, createFakeClock(hiveStartMs)).judge(request, terms);
}

const withHeaders = (request: ReceivedRequest, headers: ReceivedRequest['headers']): ReceivedRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});
const edit = (request: ReceivedRequest, name: string, change: (value: string) => string): ReceivedRequest =>
  withHeaders(request, { [name]: change(String(request.headers[name])) });
/** One label of a header of two. */
const labelIn = (request: ReceivedRequest, header: string, label: 'node' | 'fed'): string =>
  String(request.headers[header])
    .split(/, (?=fed=)/)
    .find((part) => part.startsWith(label)) ?? '';

describe('a signed request', () => {
  test('proves the key that signed it, and its chain', async () => {
    const chain = regionalChain(member.publicKey);
    expect(await judged(sent())).toEqual({ kind: 'proven', publicKey: member.publicKey, chain });
    expect(await judged(sent({ federation: null }), asApplicant)).toMatchObject({
      publicKey: member.publicKey,
      chain: null,
    });
    expect(await judged(sent({ body: '' }))).toMatchObject({ kind: 'proven' });
  });

  test('may name any of the addresses of the node, with the port of https or without', async () => {
    expect(await judged(withHeaders(sent(), { host: 'HIVE.example.org:443' }))).toMatchObject({ kind: 'proven' });
  });

  const good = sent();
  test.each([
    ['for another node', withHeaders(good, { host: 'other.example.org' }), 'wrong-authority'],
    ['for another of its addresses', withHeaders(good, { host: '127.0.0.1:6776' }), 'bad-signature'],
    ['with a body that was cut', { ...good, body: good.body.subarray(0, -1) }, 'bad-signature'],
    ['with another body', { ...good, body: Buffer.from('{"a":2}') }, 'bad-signature'],
    [
      'with another body and its digest',
      withHeaders(
        { ...good, body: Buffer.from('x') },
        { 'content-digest': `sha-256=:${createHash('sha256').update('x').digest('base64')}:` },
      ),
      'bad-signature',
    ],
    ['with another method', { ...good, method: 'GET' }, 'bad-signature'],
    ['with another path', { ...good, target: '/api/hive/order?after=x' }, 'bad-signature'],
    ['with another query', { ...good, target: '/api/hive/peers?after=y' }, 'bad-signature'],
    ['with a path that is another way to write it', { ...good, target: '/api/hive/%70eers?after=x' }, 'bad-signature'],
    ['with a digest of another kind', withHeaders(good, { 'content-digest': 'sha-512=:AAAA:' }), 'bad-signature'],
    ['without digest', withHeaders(good, { 'content-digest': undefined }), 'not-signed'],
    ['without signature', withHeaders(good, { signature: undefined }), 'not-signed'],
    [
      'with a weaker algorithm',
      edit(good, 'signature-input', (text) => text.replace('ed25519', 'hmac-sha256')),
      'bad-signature',
    ],
    [
      'with its end put off',
      edit(good, 'signature-input', (text) => text.replace(/expires=\d+/g, 'expires=1780315499')),
      'bad-signature',
    ],
    [
      'with somebody else’s key',
      edit(good, 'signature-input', (text) => text.replace(member.publicKey, other.publicKey)),
      'bad-signature',
    ],
    [
      'with a label twice',
      edit(good, 'signature-input', (text) => `${text}, ${labelIn(good, 'signature-input', 'node')}`),
      'bad-signature',
    ],
    [
      'with the label fed alone',
      withHeaders(good, {
        'signature-input': labelIn(good, 'signature-input', 'fed'),
        signature: labelIn(good, 'signature', 'fed'),
      }),
      'not-signed',
    ],
  ] as const)('%s is refused', async (_, request, reason) => {
    expect(await judged(request)).toMatchObject({ kind: 'refused', reason });
  });

  test.each([
    ['6 minutes slow', -6, 'clock'],
    ['6 minutes fast', 6, 'clock'],
    ['4 minutes slow', -4, null],
    ['5 minutes fast', 5, null],
  ] as const)('of a clock that is %s', async (_, minutes, reason) => {
    const verdict = await judged(sent({ atMs: hiveStartMs + minutes * minute }));
    expect(verdict).toMatchObject(reason === null ? { kind: 'proven' } : { kind: 'refused', reason });
  });
});

describe('the federation key', () => {
  test('is needed where this node has one, and not where it has none', async () => {
    expect(await judged(sent({ federation: null }))).toMatchObject({ kind: 'refused', reason: 'federation-key' });
    expect(await judged(sent({ federation: null }), asMember, { accepted: [] })).toMatchObject({ kind: 'proven' });
    expect(await judged(sent(), asMember, { accepted: [] })).toMatchObject({ kind: 'proven' });
  });

  test('may be the one before, but no other', async () => {
    const present = federationKeyOf('next week');
    expect(await judged(sent(), asMember, { accepted: [present, federation] })).toMatchObject({ kind: 'proven' });
    expect(await judged(sent(), asMember, { accepted: [present] })).toMatchObject({ reason: 'federation-key' });
    const lied = edit(sent(), 'signature-input', (text) => text.replace(federation.id, present.id));
    expect(await judged(lied, asMember, { accepted: [present] })).toMatchObject({ reason: 'bad-signature' });
  });

  test('does not vouch for a forged label node beside it, nor the other way round', async () => {
    const [mine, theirs] = [sent(), sent({ identity: other })];
    const mixed = (label: 'node' | 'fed') =>
      edit(mine, 'signature', (text) =>
        text.replace(labelIn(mine, 'signature', label), labelIn(theirs, 'signature', label)),
      );
    expect(await judged(mixed('node'))).toMatchObject({ kind: 'refused', reason: 'bad-signature' });
    expect(await judged(mixed('fed'))).toMatchObject({ kind: 'refused', reason: 'bad-signature' });
  });

  test('is left alone where it is not asked for, so that who has an old one can renew', async () => {
    const terms: RequestTerms = { ...asMember, federation: 'not-asked' };
    expect(await judged(sent(), terms, { accepted: [federationKeyOf('next week')] })).toMatchObject({ kind: 'proven' });
  });
});

describe('a request that comes again', () => {
  test('is refused, also after a restart and at a second process of the same database', async () => {
    const folder = tempFolder();
    const [first, second] = [await openTestStorage(folder), await openTestStorage(folder)];
    const request = sent();
    expect(await judged(request, asMember, { storage: first })).toMatchObject({ kind: 'proven' });
    const again = { kind: 'refused', reason: 'replayed-nonce' };
    expect(await judged(request, asMember, { storage: first })).toMatchObject(again);
    expect(await judged(request, asMember, { storage: second })).toMatchObject(again);
    await first.close();
    await second.close();
    expect(await judged(request, asMember, { storage: await openTestStorage(folder) })).toMatchObject(again);
    expect(await judged(sent(), asMember, { storage: await openTestStorage(folder) })).toMatchObject({
      kind: 'proven',
    });
  });

  test('of many at once one alone is answered', async () => {
    const folder = tempFolder();
    const handles = [await openTestStorage(folder), await openTestStorage(folder)] as const;
    const request = sent();
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        judged(request, asMember, { storage: handles[index % 2 === 0 ? 0 : 1] }),
      ),
    );
    expect(verdicts.filter(({ kind }) => kind === 'proven')).toHaveLength(1);
  });

  test('with the nonce of one label alone is refused as well', async () => {
    const storage = await openTestStorage(tempFolder());
    const request = sent();
    const withoutFed = withHeaders(request, {
      'signature-input': labelIn(request, 'signature-input', 'node'),
      signature: labelIn(request, 'signature', 'node'),
    });
    expect(await judged(withoutFed, asApplicant, { storage })).toMatchObject({ kind: 'proven' });
    expect(await judged(request, asMember, { storage })).toMatchObject({ reason: 'replayed-nonce' });
  });

  test('what was refused for another reason uses up no nonce', async () => {
    const storage = await openTestStorage(tempFolder());
    const request = sent();
    expect(await judged(request, asMember, { storage, known: [] })).toMatchObject({ reason: 'not-a-member' });
    expect(await judged(request, asMember, { storage })).toMatchObject({ kind: 'proven' });
  });

  test('nonces are cleared away when nothing could be replayed with them', async () => {
    const storage = await openTestStorage(tempFolder());
    const clock = createFakeClock(hiveStartMs);
    const judge = createTestJudge({ accepted: [] }, storage, clock);
    const count = async () => (await storage.db.selectFrom('hive_nonces').select('nonce').execute()).length;
    for (let sentCount = 0; sentCount < 25; sentCount += 1) await judge.judge(sent({ federation: null }), asApplicant);
    expect(await count()).toBe(25);
    await clock.advance(66 * minute);
    await judge.judge(sent({ federation: null, atMs: clock.now() }), asApplicant);
    expect(await count()).toBe(6);
  });
});

describe('another implementation of RFC 9421', () => {
  const fields = ['@method', '@authority', '@path', '@query', 'content-digest'];
  const url = 'https://hive.example.org/api/hive/peers?after=x';

  test('verifies what we sign', async () => {
    const request = sent();
    const publicKey = createPublicKey(keyFromSeed('ed25519', 'member'));
    const verifiers: Record<string, { id: string; verify: ReturnType<typeof createVerifier> }> = {
      [member.publicKey]: { id: member.publicKey, verify: createVerifier(publicKey, 'ed25519') },
      [federation.id]: { id: federation.id, verify: createVerifier(Buffer.from(federation.key), 'hmac-sha256') },
    };
    const asked: string[] = [];
    const config = {
      keyLookup: async ({ keyid }: { keyid?: string }) => {
        asked.push(keyid ?? '');
        return verifiers[keyid ?? ''] ?? null;
      },
      // Its own clock is that of this computer.
      notAfter: Number.MAX_SAFE_INTEGER,
      tolerance: Number.MAX_SAFE_INTEGER,
      all: true,
    };
    const { signature, host } = request.headers;
    const headers = {
      host: String(host),
      signature: String(signature),
      'signature-input': String(request.headers['signature-input']),
      'content-digest': String(request.headers['content-digest']),
    };
    expect(await httpbis.verifyMessage(config, { method: 'POST', url, headers })).toBe(true);
    expect(asked).toEqual([member.publicKey, federation.id]);
  });

  test('signs what we accept', async () => {
    const signer = createSigner(keyFromSeed('ed25519', 'member'), 'ed25519', member.publicKey);
    const created = new Date(hiveStartMs);
    const signed = await httpbis.signMessage(
      {
        key: signer,
        name: 'node',
        fields: fields.toReversed(),
        params: ['created', 'expires', 'nonce', 'alg', 'keyid'],
        paramValues: { created, expires: new Date(hiveStartMs + 60_000), nonce: '5a'.repeat(16) },
      },
      { method: 'POST', url, headers: { 'content-digest': String(sent().headers['content-digest']) } },
    );
    const headers = Object.fromEntries(
      Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    expect(await judged({ ...sent(), headers: { ...headers, host: 'hive.example.org' } }, asApplicant)).toMatchObject({
      kind: 'proven',
      publicKey: member.publicKey,
    });
  });
});
