import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../node-core/api/failures.ts';
import { signedBytes } from '../../../../node-core/protocol/trust/canonical.ts';
import { type Certificate, certificateBytes } from '../../../../node-core/protocol/trust/certificate.ts';
import { judgeChain } from '../../../../node-core/protocol/trust/chain.ts';
import {
  type CentralStanding,
  type CentralStandingOptions,
  openCentralStanding,
} from '../../../../node-core/trust/central/central-standing.ts';
import { type CertificateFile, centralCertificateFile } from '../../../../node-core/trust/central/certificate-file.ts';
import { type MasterKey, masterKeyOf } from '../../../../node-core/trust/signer/master-key.ts';
import type { SignerClient } from '../../../../node-core/trust/signer/signer-client.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { createFakeClock, type FakeClock } from '../../../doubles/clock.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const start = Date.parse('2026-06-01T12:00:00Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const key = masterKeyOf(Buffer.alloc(32, 7));
const identity = createSeededIdentity('central');
const verify = createStrictVerifier();

interface FakeSigner extends SignerClient {
  isAway: boolean;
  asked: number;
}

function createFakeSigner(master: MasterKey = key): FakeSigner {
  const signer: FakeSigner = {
    isAway: false,
    asked: 0,
    async anchor() {
      signer.asked += 1;
      if (signer.isAway) throw new FailureError({ kind: 'signer-unreachable', reason: 'the test says so' });
      return master.anchor;
    },
    signCertificate: async (body) => master.sign(certificateBytes(body)),
    signRevocations: async (list) => master.sign(signedBytes('revocation', list)),
    close: () => undefined,
  };
  return signer;
}

function memoryFile(): CertificateFile {
  let kept: Certificate | null = null;
  return {
    read: async () => kept,
    async write(certificate) {
      kept = certificate;
    },
  };
}

const open = (
  clock: FakeClock,
  signer: FakeSigner,
  changes: Partial<CentralStandingOptions> = {},
): Promise<CentralStanding> =>
  openCentralStanding({
    identity,
    signer,
    file: memoryFile(),
    nodeName: 'central one',
    hiveName: 'lab',
    clock,
    random: () => 0,
    log: createRecordedLog(),
    ...changes,
  });

describe('the standing of central', () => {
  it('is a certificate of 7 days that proves this process, without a capability', async () => {
    const clock = createFakeClock(start + 250);
    const central = await open(clock, createFakeSigner());
    expect(central.standing()).toBeNull();
    await clock.advance(1);
    const standing = await central.first();
    expect(standing).toMatchObject({ hive: key.anchor, parentKey: key.anchor, issues: 'regional', issuersOfLeaf: [] });
    const { certificate } = standing.processChain;
    expect(certificate).toMatchObject({
      node_id: 'central one',
      public_key: identity.publicKey,
      tier: 'central',
      capabilities: [],
      issued_at: '2026-06-01T12:00:00+00:00',
      expires_at: '2026-06-08T12:00:00+00:00',
    });
    const terms = { anchor: key.anchor, nowMs: clock.now(), verify, isRevoked: () => false };
    expect(judgeChain(standing.processChain, terms)).toMatchObject({ kind: 'valid' });
  });

  it('is kept, and serves a start without the signer until it ends', async () => {
    const file = memoryFile();
    const clock = createFakeClock(start);
    const first = await open(clock, createFakeSigner(), { file });
    await clock.advance(1);
    const { processChain } = await first.first();
    first.stop();
    const signer = createFakeSigner();
    signer.isAway = true;
    const again = await open(clock, signer, { file });
    expect((await again.first()).processChain).toEqual(processChain);
    await clock.advance(7 * day + 1_000);
    expect(again.standing()).toBeNull();
    expect(again.obstacle()).toContain('does not answer');
    signer.isAway = false;
    await clock.advance(60 * minute);
    expect(again.standing()).not.toBeNull();
    expect(again.obstacle()).toBeNull();
  });

  it('renews itself from half of its life, for a year, and never lapses', async () => {
    const clock = createFakeClock(start);
    const signer = createFakeSigner();
    const central = await open(clock, signer);
    await clock.advance(1);
    await clock.advance(3.5 * day - 2_000);
    expect(signer.asked).toBe(1);
    await clock.advance(2_000);
    expect(signer.asked).toBe(2);
    for (let days = 0; days < 365; days += 1) {
      await clock.advance(day);
      expect(central.standing()).not.toBeNull();
    }
    expect(signer.asked).toBeLessThan(120);
    expect(clock.pendingTimers()).toBe(1);
    central.stop();
    expect(clock.pendingTimers()).toBe(0);
  });

  it('asks a signer that is away again, after 1 s doubling to a minute', async () => {
    const clock = createFakeClock(start);
    const signer = createFakeSigner();
    signer.isAway = true;
    const central = await open(clock, signer);
    await clock.advance(7_000);
    expect(signer.asked).toBe(4);
    await clock.advance(60 * minute);
    expect(signer.asked).toBeLessThan(70);
    let told = 0;
    central.onChange(() => {
      told += 1;
    });
    signer.isAway = false;
    await clock.advance(minute);
    expect(central.standing()).not.toBeNull();
    expect(told).toBe(1);
  });

  it('is given up at once when the signer refuses the first certificate', async () => {
    const clock = createFakeClock(start);
    const signer = createFakeSigner();
    const refusal = new FailureError({ kind: 'signer-refused', reason: 'the test says so' });
    const central = await open(clock, { ...signer, signCertificate: () => Promise.reject(refusal) });
    await clock.advance(1);
    await expect(central.first()).rejects.toBe(refusal);
    expect(central.obstacle()).toContain('the test says so');
  });

  it.each([
    ['of another node', { identity: createSeededIdentity('other') }, (text: string) => text],
    ['that was changed', {}, (text: string) => text.replace('central one', 'central two')],
    ['that is cut off', {}, (text: string) => text.slice(0, 100)],
  ])('is asked for anew beside a kept certificate %s', async (_, changes, change) => {
    const folder = tempFolder();
    const clock = createFakeClock(start);
    const kept = { file: centralCertificateFile(folder, null, verify) };
    const first = await open(clock, createFakeSigner(), kept);
    await clock.advance(1);
    await first.first();
    first.stop();
    const file = path.join(folder, 'central_certificate.json');
    fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));
    const again = await open(clock, createFakeSigner(), { ...kept, ...changes });
    expect(again.standing()).toBeNull();
    await clock.advance(1);
    await again.first();
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });

  it('does not take a kept certificate of another hive', async () => {
    const folder = tempFolder();
    const clock = createFakeClock(start);
    const first = await open(clock, createFakeSigner(masterKeyOf(Buffer.alloc(32, 8))), {
      file: centralCertificateFile(folder, null, verify),
    });
    await clock.advance(1);
    await first.first();
    first.stop();
    const again = await open(clock, createFakeSigner(), {
      file: centralCertificateFile(folder, key.anchor, verify),
    });
    expect(again.standing()).toBeNull();
  });
});
