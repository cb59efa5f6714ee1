import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FailureError } from '../../../../node-core/api/failures.ts';
import { forkSigner, type SignerFork } from '../../../../node-core/platform/fork-signer.ts';
import { systemClock } from '../../../../node-core/platform/system-clock.ts';
import { signedBytes } from '../../../../node-core/protocol/trust/canonical.ts';
import { type CertificateBody, certificateBytes } from '../../../../node-core/protocol/trust/certificate.ts';
import type { RevocationList } from '../../../../node-core/protocol/trust/revocation-list.ts';
import { toWireTime } from '../../../../node-core/protocol/trust/wire-time.ts';
import type { SignerLink } from '../../../../node-core/trust/signer/json-lines.ts';
import { masterKeyOf } from '../../../../node-core/trust/signer/master-key.ts';
import { masterKeyText } from '../../../../node-core/trust/signer/master-key-file.ts';
import { sequenceFile } from '../../../../node-core/trust/signer/signed-sequence.ts';
import { createSignerClient, type SignerClient } from '../../../../node-core/trust/signer/signer-client.ts';
import { lineLimitBytes } from '../../../../node-core/trust/signer/signer-messages.ts';
import { createSignerServer, type SignerServer } from '../../../../node-core/trust/signer/signer-server.ts';
import { connectToSigner, listenForNodes } from '../../../../node-core/trust/signer/signer-socket.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const verify = createStrictVerifier();
const seed = Buffer.alloc(32, 7);
const key = masterKeyOf(seed);
const { anchor } = key;
const node = createSeededIdentity('node').publicKey;
const day = 24 * 60 * 60_000;

const body = (changes: Partial<CertificateBody> = {}): CertificateBody => ({
  node_id: 'a regional',
  public_key: node,
  tier: 'regional',
  region_name: '',
  issued_at: toWireTime(Date.now()),
  expires_at: toWireTime(Date.now() + day),
  capabilities: ['mesh', 'work'],
  parent_public_key: anchor,
  hive: anchor,
  serial: randomBytes(16).toString('hex'),
  ...changes,
});
const list = (sequence: number, reason?: string): RevocationList => ({
  hive: anchor,
  issuer: anchor,
  sequence,
  revoked: reason === undefined ? [] : [{ public_key: node, until: toWireTime(Date.now() + day), reason }],
});

const serverIn = (folder: string, perHour = 100): Promise<SignerServer> =>
  createSignerServer({
    key,
    centralKeys: new Set([node]),
    perHour,
    sequences: sequenceFile(path.join(folder, 'sequence.json')),
    clock: systemClock,
    log: createRecordedLog(),
  });

function pair(): readonly [SignerLink, SignerLink] {
  const [there, back] = [new PassThrough(), new PassThrough()];
  return [
    { readable: back, writable: there },
    { readable: there, writable: back },
  ];
}

function clientOf(connect: () => Promise<SignerLink>, clock: SignerFork['clock'] = systemClock): SignerClient {
  const client = createSignerClient({ connect, clock, verify });
  onTestFinished(() => client.close());
  return client;
}

const connectTo = (server: SignerServer) => async (): Promise<SignerLink> => {
  const [ours, theirs] = pair();
  server.serve(theirs);
  return ours;
};

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FailureError)) throw new Error(`no failure, but ${String(error)}`);
  return error.failure;
}

describe('a signer and its client', () => {
  it('sign certificates and lists with the master key', async () => {
    const client = clientOf(connectTo(await serverIn(tempFolder())));
    expect(await client.anchor()).toBe(anchor);
    const certificate = body();
    expect(await client.signCertificate(certificate)).toBe(key.sign(certificateBytes(certificate)));
    expect(await client.signRevocations(list(1))).toBe(key.sign(signedBytes('revocation', list(1))));
  });

  it('say why something is not signed', async () => {
    const client = clientOf(connectTo(await serverIn(tempFolder())));
    expect(await failureOf(client.signCertificate(body({ tier: 'local' })))).toEqual({
      kind: 'signer-refused',
      reason: expect.stringContaining('alone'),
    });
  });

  it('name the key that a steward would have to list', async () => {
    const client = clientOf(connectTo(await serverIn(tempFolder())));
    const stranger = createSeededIdentity('stranger').publicKey;
    const central = body({ tier: 'central', capabilities: [], public_key: stranger });
    expect(await failureOf(client.signCertificate(central))).toEqual({
      kind: 'signer-refused',
      reason: expect.stringContaining(`--central-key ${stranger}`),
    });
  });

  it('keep the number an hour over all connections, and count the same bytes once', async () => {
    const connect = connectTo(await serverIn(tempFolder(), 2));
    const [one, two] = [clientOf(connect), clientOf(connect)];
    const first = body();
    await Promise.all([one.signCertificate(first), two.signCertificate(first), one.signCertificate(first)]);
    await two.signCertificate(body());
    expect(await failureOf(one.signCertificate(body()))).toMatchObject({
      reason: expect.stringContaining('this hour'),
    });
    await one.signCertificate(first);
  });

  it('never let the sequence of revocation lists fall, also not by a restart', async () => {
    const folder = tempFolder();
    const client = clientOf(connectTo(await serverIn(folder)));
    await client.signRevocations(list(3, 'lost'));
    const again = clientOf(connectTo(await serverIn(folder)));
    expect(await failureOf(again.signRevocations(list(2)))).toMatchObject({ reason: expect.stringContaining('newer') });
    expect(await failureOf(again.signRevocations(list(3)))).toMatchObject({ reason: expect.stringContaining('same') });
    await again.signRevocations(list(4));
  });

  it('do not begin anew when the record of what was signed is damaged', async () => {
    const folder = tempFolder();
    fs.writeFileSync(path.join(folder, 'sequence.json'), '{}');
    expect(await failureOf(serverIn(folder))).toMatchObject({ kind: 'master-key-unusable' });
  });

  it('connect again after a connection was lost, and ask once more', async () => {
    const server = await serverIn(tempFolder());
    const far: SignerLink[] = [];
    const client = clientOf(async () => {
      const [ours, theirs] = pair();
      far.push(theirs);
      server.serve(theirs);
      return ours;
    });
    await client.anchor();
    far[0]?.writable.destroy();
    expect(await client.signCertificate(body())).toMatch(/^[0-9a-f]{128}$/);
    expect(far.length).toBe(2);
  });

  it('tell that nobody can be reached', async () => {
    const client = clientOf(async () => Promise.reject(new Error('no such socket')));
    expect(await failureOf(client.anchor())).toEqual({ kind: 'signer-unreachable', reason: 'no such socket' });
  });

  it('wait for an answer only so long', async () => {
    const clock = createFakeClock(0);
    const client = clientOf(async () => {
      const [ours, theirs] = pair();
      theirs.writable.write(`${JSON.stringify({ kind: 'hello', version: 1, anchor })}\n`);
      return ours;
    }, clock);
    await client.anchor();
    const failure = failureOf(client.signCertificate(body()));
    await clock.advance(10_000);
    await clock.advance(10_000);
    expect(await failure).toEqual({ kind: 'signer-unreachable', reason: 'it does not answer in time' });
    expect(clock.pendingTimers()).toBe(0);
  });

  it('wait for a greeting only so long', async () => {
    const clock = createFakeClock(0);
    const failure = failureOf(clientOf(async () => pair()[0], clock).anchor());
    await clock.advance(10_000);
    await clock.advance(10_000);
    expect(await failure).toMatchObject({ kind: 'signer-unreachable' });
  });

  it('refuse a signature of another key, and another anchor than before', async () => {
    const other = masterKeyOf(Buffer.alloc(32, 8));
    const server = await createSignerServer({
      key: { anchor, sign: other.sign },
      centralKeys: new Set(),
      perHour: 10,
      sequences: sequenceFile(path.join(tempFolder(), 'sequence.json')),
      clock: systemClock,
      log: createRecordedLog(),
    });
    const client = clientOf(connectTo(server));
    expect(await failureOf(client.signCertificate(body()))).toMatchObject({
      reason: 'what it sent is no signature of its key',
    });
    const expecting = createSignerClient({
      connect: connectTo(server),
      clock: systemClock,
      verify,
      expectedAnchor: other.anchor,
    });
    expect(await failureOf(expecting.anchor())).toMatchObject({ reason: 'it has the key of another hive' });
  });

  it.each([
    ['no JSON', 'x\n'],
    ['no request', '{"id":1,"kind":"order"}\n'],
    ['one with more in it', `${JSON.stringify({ id: 1, kind: 'certificate', body: { ...body(), more: 1 } })}\n`],
    ['a line without end', 'x'.repeat(lineLimitBytes + 1)],
  ])('end a connection that sends %s', async (_, text) => {
    const [ours, theirs] = pair();
    (await serverIn(tempFolder())).serve(theirs);
    const closed = new Promise((resolve) => theirs.readable.once('close', resolve));
    ours.writable.write(text);
    await closed;
    expect(theirs.writable.destroyed).toBe(true);
  });
});

describe('a signer on a socket', () => {
  it('serves its account and group alone, and replaces what a dead one left', async () => {
    const file = path.join(tempFolder(), 'signer', 'signer.sock');
    const server = await serverIn(tempFolder());
    const listening = await listenForNodes(server, file);
    onTestFinished(() => listening.close());
    expect(fs.statSync(file).mode & 0o777).toBe(0o660);
    expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o750);
    expect(await clientOf(() => connectToSigner(file)).anchor()).toBe(anchor);
    expect(await failureOf(listenForNodes(server, file))).toMatchObject({
      kind: 'config-invalid',
      reason: `another signer answers at ${file}`,
    });
  });

  it('refuses a folder that everybody can enter, and a file that is no socket', async () => {
    const open = path.join(tempFolder(), 'open');
    fs.mkdirSync(open);
    fs.chmodSync(open, 0o755);
    const server = await serverIn(tempFolder());
    expect(await failureOf(listenForNodes(server, path.join(open, 's')))).toMatchObject({
      reason: expect.stringContaining('everybody can enter'),
    });
    const folder = tempFolder();
    fs.writeFileSync(path.join(folder, 's'), 'mine');
    expect(await failureOf(listenForNodes(server, path.join(folder, 's')))).toMatchObject({
      reason: expect.stringContaining('no socket'),
    });
    expect(fs.readFileSync(path.join(folder, 's'), 'utf8')).toBe('mine');
  });

  it('takes the place of a socket whose signer has died', async () => {
    const folder = tempFolder();
    const file = path.join(folder, 's');
    const dead = net.createServer();
    await new Promise<void>((resolve) => dead.listen(path.join(folder, 'first'), resolve));
    // Closing removes its own name; the other one stays, as after a kill.
    fs.linkSync(path.join(folder, 'first'), file);
    await new Promise((resolve) => dead.close(resolve));
    const listening = await listenForNodes(await serverIn(tempFolder()), file);
    onTestFinished(() => listening.close());
    expect(await clientOf(() => connectToSigner(file)).anchor()).toBe(anchor);
  });
});

describe('a forked signer', () => {
  async function fork(keyText: string, changes: Partial<SignerFork> = {}): Promise<SignerClient> {
    const folder = tempFolder();
    const keyFile = path.join(folder, 'master_private_key.hex');
    fs.writeFileSync(keyFile, keyText, { mode: 0o600 });
    const signer = forkSigner({
      keyFile,
      passphraseFile: null,
      sequenceFile: path.join(folder, 'sequence.json'),
      centralKeys: [node],
      perHour: null,
      clock: systemClock,
      log: createRecordedLog(),
      ...changes,
    });
    onTestFinished(() => signer.stop());
    return clientOf(() => signer.connect());
  }

  it('signs for its parent, with a key under a passphrase as well', async () => {
    const passphraseFile = path.join(tempFolder(), 'passphrase');
    fs.writeFileSync(passphraseFile, 'correct horse battery staple\n', { mode: 0o600 });
    const text = await masterKeyText(seed, 'correct horse battery staple', 2 ** 4);
    for (const client of [await fork(await masterKeyText(seed, null)), await fork(text, { passphraseFile })]) {
      const central = body({ tier: 'central', capabilities: [] });
      expect(await client.signCertificate(central)).toBe(key.sign(certificateBytes(central)));
    }
  });

  it('says why it cannot have its key', async () => {
    const client = await fork('not a key');
    expect(await failureOf(client.anchor())).toMatchObject({
      kind: 'master-key-unusable',
      reason: 'it holds no master key, or is damaged',
    });
  });

  it('is started again when it has died', async () => {
    const pids: number[] = [];
    const log = createRecordedLog();
    const client = await fork(await masterKeyText(seed, null), { log });
    await client.anchor();
    for (const entry of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (isChildOfThis(entry)) pids.push(Number(entry));
    }
    expect(pids.length).toBe(1);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    expect(await client.signCertificate(body())).toMatch(/^[0-9a-f]{128}$/);
  });
});

function isChildOfThis(pid: string): boolean {
  try {
    const parent = /^PPid:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return parent === String(process.pid) && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('signer.ts');
  } catch {
    return false;
  }
}
