import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forkSigner, type SignerFork } from '../../../../node-core/platform/fork-signer.ts';
import { systemClock } from '../../../../node-core/platform/system-clock.ts';
import { certificateBytes } from '../../../../node-core/protocol/trust/certificate.ts';
import { masterKeyText } from '../../../../node-core/trust/signer/master-key-file.ts';
import type { SignerClient } from '../../../../node-core/trust/signer/signer-client.ts';
import { connectToSigner, listenForNodes } from '../../../../node-core/trust/signer/signer-socket.ts';
import { failureOf } from '../../../builders/failure.ts';
import { centralKey, certificateBody, clientOf, masterKey, masterSeed, serverIn } from '../../../builders/signer.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';

describe('a signer on a socket', () => {
  it('serves its account and group alone, and replaces what a dead one left', async () => {
    const file = path.join(tempFolder(), 'signer', 'signer.sock');
    const server = await serverIn(tempFolder());
    const listening = await listenForNodes(server, file);
    onTestFinished(() => listening.close());
    expect(fs.statSync(file).mode & 0o777).toBe(0o660);
    expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o750);
    expect(await clientOf(() => connectToSigner(file)).anchor()).toBe(masterKey.anchor);
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

  it('stops although a central keeps its connection open', async () => {
    const file = path.join(tempFolder(), 'signer', 'signer.sock');
    const listening = await listenForNodes(await serverIn(tempFolder()), file);
    const link = await connectToSigner(file);
    const ended = new Promise((resolve) => link.readable.once('close', resolve));
    link.readable.resume();
    await listening.close();
    await ended;
    await expect(connectToSigner(file)).rejects.toThrow(/ENOENT|ECONNREFUSED/);
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
    expect(await clientOf(() => connectToSigner(file)).anchor()).toBe(masterKey.anchor);
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
      centralKeys: [centralKey],
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
    const text = await masterKeyText(masterSeed, 'correct horse battery staple', 2 ** 4);
    for (const client of [await fork(await masterKeyText(masterSeed, null)), await fork(text, { passphraseFile })]) {
      const central = certificateBody({ tier: 'central', capabilities: [] });
      expect(await client.signCertificate(central)).toBe(masterKey.sign(certificateBytes(central)));
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
    const client = await fork(await masterKeyText(masterSeed, null), { log });
    await client.anchor();
    for (const entry of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (isChildOfThis(entry)) pids.push(Number(entry));
    }
    expect(pids.length).toBe(1);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    expect(await client.signCertificate(certificateBody())).toMatch(/^[0-9a-f]{128}$/);
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
