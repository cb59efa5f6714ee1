import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../node-core/platform/system-clock.ts';
import { signedBytes } from '../../../../node-core/protocol/trust/canonical.ts';
import { certificateBytes } from '../../../../node-core/protocol/trust/certificate.ts';
import type { RevocationList } from '../../../../node-core/protocol/trust/revocation-list.ts';
import { toWireTime } from '../../../../node-core/protocol/trust/wire-time.ts';
import type { SignerLink } from '../../../../node-core/trust/signer/json-lines.ts';
import { masterKeyOf } from '../../../../node-core/trust/signer/master-key.ts';
import { sequenceFile } from '../../../../node-core/trust/signer/signed-sequence.ts';
import { createSignerClient } from '../../../../node-core/trust/signer/signer-client.ts';
import { lineLimitBytes } from '../../../../node-core/trust/signer/signer-messages.ts';
import { createSignerServer } from '../../../../node-core/trust/signer/signer-server.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { failureOf } from '../../../builders/failure.ts';
import {
  centralKey,
  certificateBody,
  clientOf,
  connectTo,
  dayMs,
  linkPair,
  masterKey,
  serverIn,
} from '../../../builders/signer.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const { anchor } = masterKey;

const list = (sequence: number, reason?: string): RevocationList => ({
  hive: anchor,
  issuer: anchor,
  sequence,
  revoked: reason === undefined ? [] : [{ public_key: centralKey, until: toWireTime(Date.now() + dayMs), reason }],
});

describe('a signer and its client', () => {
  it('sign certificates and lists with the master key', async () => {
    const client = clientOf(connectTo(await serverIn(tempFolder())));
    expect(await client.anchor()).toBe(anchor);
    const certificate = certificateBody();
    expect(await client.signCertificate(certificate)).toBe(masterKey.sign(certificateBytes(certificate)));
    expect(await client.signRevocations(list(1))).toBe(masterKey.sign(signedBytes('revocation', list(1))));
  });

  it('say why something is not signed', async () => {
    const client = clientOf(connectTo(await serverIn(tempFolder())));
    expect(await failureOf(client.signCertificate(certificateBody({ tier: 'local' })))).toEqual({
      kind: 'signer-refused',
      reason: expect.stringContaining('alone'),
    });
  });

  it('name the key that a steward would have to list', async () => {
    const client = clientOf(connectTo(await serverIn(tempFolder())));
    const stranger = createSeededIdentity('stranger').publicKey;
    const central = certificateBody({ tier: 'central', capabilities: [], public_key: stranger });
    expect(await failureOf(client.signCertificate(central))).toEqual({
      kind: 'signer-refused',
      reason: expect.stringContaining(`--central-key ${stranger}`),
    });
  });

  it('keep the number an hour over all connections, and count the same bytes once', async () => {
    const connect = connectTo(await serverIn(tempFolder(), 2));
    const [one, two] = [clientOf(connect), clientOf(connect)];
    const first = certificateBody();
    await Promise.all([one.signCertificate(first), two.signCertificate(first), one.signCertificate(first)]);
    await two.signCertificate(certificateBody());
    expect(await failureOf(one.signCertificate(certificateBody()))).toMatchObject({
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
      const [ours, theirs] = linkPair();
      far.push(theirs);
      server.serve(theirs);
      return ours;
    });
    await client.anchor();
    far[0]?.writable.destroy();
    expect(await client.signCertificate(certificateBody())).toMatch(/^[0-9a-f]{128}$/);
    expect(far.length).toBe(2);
  });

  it('tell that nobody can be reached', async () => {
    const client = clientOf(async () => Promise.reject(new Error('no such socket')));
    expect(await failureOf(client.anchor())).toEqual({ kind: 'signer-unreachable', reason: 'no such socket' });
  });

  it('wait for an answer only so long', async () => {
    const clock = createFakeClock(0);
    const client = clientOf(async () => {
      const [ours, theirs] = linkPair();
      theirs.writable.write(`${JSON.stringify({ kind: 'hello', version: 1, anchor })}\n`);
      return ours;
    }, clock);
    await client.anchor();
    const failure = failureOf(client.signCertificate(certificateBody()));
    await clock.advance(10_000);
    await clock.advance(10_000);
    expect(await failure).toEqual({ kind: 'signer-unreachable', reason: 'it does not answer in time' });
    expect(clock.pendingTimers()).toBe(0);
  });

  it('wait for a greeting only so long', async () => {
    const clock = createFakeClock(0);
    const failure = failureOf(clientOf(async () => linkPair()[0], clock).anchor());
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
    expect(await failureOf(client.signCertificate(certificateBody()))).toMatchObject({
      reason: 'what it sent is no signature of its key',
    });
    const expecting = createSignerClient({
      connect: connectTo(server),
      clock: systemClock,
      verify: createStrictVerifier(),
      expectedAnchor: other.anchor,
    });
    expect(await failureOf(expecting.anchor())).toMatchObject({ reason: 'it has the key of another hive' });
  });

  it.each([
    ['no JSON', 'x\n'],
    ['no request', '{"id":1,"kind":"order"}\n'],
    [
      'one with more in it',
      `${JSON.stringify({ id: 1, kind: 'certificate', body: { ...certificateBody(), more: 1 } })}\n`,
    ],
    ['a line without end', 'x'.repeat(lineLimitBytes + 1)],
  ])('end a connection that sends %s', async (_, text) => {
    const [ours, theirs] = linkPair();
    (await serverIn(tempFolder())).serve(theirs);
    const closed = new Promise((resolve) => theirs.readable.once('close', resolve));
    ours.writable.write(text);
    await closed;
    expect(theirs.writable.destroyed).toBe(true);
  });
});
