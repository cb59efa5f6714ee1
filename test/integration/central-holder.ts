import path from 'node:path';
import process from 'node:process';
import { forkSigner } from '../../node-core/platform/fork-signer.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import { openCentralStanding } from '../../node-core/trust/central/central-standing.ts';
import { centralCertificateFile } from '../../node-core/trust/central/certificate-file.ts';
import { createSignerClient } from '../../node-core/trust/signer/signer-client.ts';
import { createStrictVerifier } from '../../node-core/trust/verification/strict-verify.ts';
import { createRecordedLog } from '../doubles/recorded-log.ts';
import { createSeededIdentity } from '../doubles/trust/identity.ts';

// As a central node holds its signer: node, folder and key file are its arguments.
const [folder = '', keyFile = ''] = process.argv.slice(2);
const identity = createSeededIdentity('central');
const verify = createStrictVerifier();
const signer = forkSigner({
  keyFile,
  passphraseFile: null,
  sequenceFile: path.join(folder, 'signer_sequence.json'),
  centralKeys: [identity.publicKey],
  perHour: null,
  clock: systemClock,
  log: createRecordedLog(),
});
const central = await openCentralStanding({
  identity,
  signer: createSignerClient({ connect: () => signer.connect(), clock: systemClock, verify }),
  file: centralCertificateFile(folder, null, verify),
  nodeName: 'central',
  hiveName: 'lab',
  clock: systemClock,
  random: Math.random,
  log: createRecordedLog(),
});
process.stdin.resume();
const { hive, signRevocations } = await central.first();
await signRevocations({ hive, issuer: hive, sequence: 1, revoked: [] });
process.stdout.write(`serves ${hive}\n`);
