import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { secretName } from '../../../../node-core/trust/identity/identity-disk.ts';
import type { NodeIdentity } from '../../../../node-core/trust/identity/node-identity.ts';
import { createCrashingFiles } from '../../../builders/crashing-files.ts';
import { failureOf } from '../../../builders/failure.ts';
import { bytesOf } from '../../../builders/folder-bytes.ts';
import { copyOf, here, newFolder, open, opened, passphrase, sealedVault } from '../../../builders/identity-folder.ts';
import { openTestVault } from '../../../builders/vault.ts';
import { createFakeKeyring } from '../../../doubles/keyring.ts';

const at = (folder: string, name: string): string => path.join(folder, name);
const privateIn = (folder: string): string => at(folder, 'node_private_key.pem');
const publicIn = (folder: string): string => at(folder, 'node_public_key.pem');

describe('an identity without a vault', () => {
  it('is made once, with keys that the owner alone can read', async () => {
    const folder = newFolder();
    const made = await opened(folder);
    const again = await opened(folder);
    expect([again.publicKey, again.sealingKey]).toEqual([made.publicKey, made.sealingKey]);
    expect(fs.readdirSync(folder).toSorted()).toEqual(['machine.json', 'node_private_key.pem', 'node_public_key.pem']);
    expect(fs.statSync(privateIn(folder)).mode & 0o777).toBe(0o600);
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
    expect(fs.readFileSync(at(folder, 'machine.json'), 'utf8')).not.toContain(here.id);
  });

  it('is either not there or finished after a crash at any step, and never two', async () => {
    const counted = createCrashingFiles(Number.POSITIVE_INFINITY);
    await open(newFolder(), { files: counted.files });
    expect(counted.steps()).toBeGreaterThan(10);
    for (let step = 0; step < counted.steps(); step += 1) {
      const folder = newFolder();
      const { files } = createCrashingFiles(step);
      await expect(open(folder, { files }), `step ${step}`).rejects.toThrow();
      const left = fs.existsSync(privateIn(folder)) ? fs.readFileSync(privateIn(folder), 'utf8') : null;
      const { publicKey } = await opened(folder);
      expect((await opened(folder)).publicKey).toBe(publicKey);
      if (left !== null) expect(fs.readFileSync(privateIn(folder), 'utf8'), `step ${step}`).toBe(left);
      expect(fs.readdirSync(folder).length, `step ${step}`).toBe(3);
    }
  });

  it.each([
    ['no key', () => 'nothing here', 'it holds no key'],
    ['half', (text: string) => text.slice(0, text.length / 2), 'one of its two keys is missing'],
    ['its first key alone', (text: string) => text.slice(0, text.indexOf('-----BEGIN', 1)), 'one of its two keys'],
    ['three keys', (text: string) => text + text.slice(text.indexOf('-----BEGIN', 1)), 'more than two keys'],
    ['keys in another order', swapped, 'another kind'],
    [
      'another byte',
      (text: string) => text.replace(/(.)\n-----END/, (_, c) => `${c === 'A' ? 'B' : 'A'}\n-----END`),
      '',
    ],
    ['something more', (text: string) => `${text}more`, 'it is damaged'],
    ['far too much', (text: string) => text.repeat(400), 'far too large'],
  ])('stops the start, and stays as it is, when its file holds %s', async (_, change, reason) => {
    const folder = newFolder();
    await open(folder);
    fs.writeFileSync(privateIn(folder), change(fs.readFileSync(privateIn(folder), 'utf8')));
    const before = bytesOf(folder);
    expect(await failureOf(open(folder))).toEqual({
      kind: 'identity-unreadable',
      path: privateIn(folder),
      reason: expect.stringContaining(reason),
    });
    expect(bytesOf(folder)).toEqual(before);
  });

  it('stops the start when its key is lost or another node’s', async () => {
    const folder = newFolder();
    const other = newFolder();
    await open(folder);
    await open(other);
    fs.copyFileSync(privateIn(other), privateIn(folder));
    expect(await failureOf(open(folder))).toMatchObject({ reason: expect.stringContaining('does not belong') });
    fs.rmSync(privateIn(folder));
    const before = bytesOf(folder);
    expect(await failureOf(open(folder))).toMatchObject({ reason: expect.stringContaining('it is missing') });
    expect(bytesOf(folder)).toEqual(before);
  });

  it('stops the start when only a membership is left of it', async () => {
    const folder = newFolder();
    fs.mkdirSync(folder);
    fs.writeFileSync(at(folder, 'membership.json'), '{}');
    expect(await failureOf(open(folder))).toMatchObject({ reason: expect.stringContaining('it is missing') });
  });

  it('stops the start when its public keys are damaged', async () => {
    const folder = newFolder();
    await open(folder);
    fs.writeFileSync(publicIn(folder), 'x');
    expect(await failureOf(open(folder))).toMatchObject({ kind: 'identity-unreadable', path: publicIn(folder) });
  });

  it.each([0o640, 0o604, 0o660])('is refused with mode %o', async (mode) => {
    const folder = newFolder();
    await open(folder);
    fs.chmodSync(privateIn(folder), mode);
    expect(await failureOf(open(folder))).toMatchObject({ reason: expect.stringContaining('chmod 600') });
  });
});

function swapped(text: string): string {
  const second = text.indexOf('-----BEGIN', 1);
  return text.slice(second) + text.slice(0, second);
}

describe('an identity in a vault that seals', () => {
  it('stands in no plain file and is the same again', async () => {
    const folder = newFolder();
    const made = await opened(folder, { vault: await sealedVault(folder) });
    expect(fs.existsSync(privateIn(folder))).toBe(false);
    expect(Object.values(bytesOf(folder)).filter((bytes) => bytes.includes('PRIVATE KEY'))).toEqual([]);
    expect((await opened(folder, { vault: await sealedVault(folder) })).publicKey).toBe(made.publicKey);
  });

  it('takes a plain key in, whatever step the machine loses power at', async () => {
    const made = newFolder();
    const { publicKey } = await opened(made);
    const counted = createCrashingFiles(Number.POSITIVE_INFINITY);
    await openOnce(copyOf(made), counted.files);
    for (let step = 0; step < counted.steps(); step += 1) {
      const folder = copyOf(made);
      await expect(openOnce(folder, createCrashingFiles(step).files), `step ${step}`).rejects.toThrow();
      expect((await openOnce(folder)).publicKey, `step ${step}`).toBe(publicKey);
      expect(fs.existsSync(privateIn(folder))).toBe(false);
      expect((await openOnce(folder)).publicKey).toBe(publicKey);
    }
  });

  it('leaves a plain key that it cannot use', async () => {
    const folder = newFolder();
    await open(folder);
    fs.appendFileSync(privateIn(folder), 'x');
    const vault = await sealedVault(folder);
    const before = bytesOf(folder);
    expect(await failureOf(open(folder, { vault }))).toMatchObject({ reason: 'it is damaged' });
    expect(bytesOf(folder)).toEqual(before);
  });

  it('refuses a plain key beside another that is sealed', async () => {
    const [folder, other] = [newFolder(), newFolder()];
    const vault = await sealedVault(folder);
    await open(folder, { vault });
    await open(other);
    fs.copyFileSync(privateIn(other), privateIn(folder));
    expect(await failureOf(open(folder, { vault }))).toMatchObject({ reason: expect.stringContaining('another key') });
  });

  it('stops the start when what is sealed was changed', async () => {
    const folder = newFolder();
    await open(folder, { vault: await sealedVault(folder) });
    const file = at(folder, `secrets/${secretName}.sealed`);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/"(?=\}\n$)/, 'A"'));
    expect(await failureOf(open(folder, { vault: await sealedVault(folder) }))).toMatchObject({
      kind: 'identity-unreadable',
    });
  });

  it('waits while the vault is locked, and opens when it is not', async () => {
    const folder = newFolder();
    const { publicKey } = await opened(folder, { vault: await sealedVault(folder) });
    const vault = await openTestVault(folder);
    expect(await open(folder, { vault })).toEqual({ kind: 'locked', publicKey });
    await vault.unlock(passphrase);
    expect((await opened(folder, { vault })).publicKey).toBe(publicKey);
  });

  it('is not made while the vault is locked', async () => {
    const folder = newFolder();
    await sealedVault(folder);
    const vault = await openTestVault(folder);
    expect(await open(folder, { vault })).toEqual({ kind: 'locked', publicKey: null });
    expect(fs.readdirSync(folder)).toEqual(['vault.json']);
  });

  it('follows the vault aside when the person begins anew, each time', async () => {
    const folder = newFolder();
    const seen = new Set<string>();
    let vault = await sealedVault(folder);
    for (const word of ['first', 'second', 'third']) {
      seen.add((await opened(folder, { vault })).publicKey);
      vault = await openTestVault(folder, { keyring: null });
      await vault.startAnew(`${passphrase} ${word}`);
    }
    seen.add((await opened(folder, { vault })).publicKey);
    expect(seen.size).toBe(4);
    const kept = fs.readdirSync(folder).filter((entry) => entry.endsWith('.kept'));
    expect(kept.map((entry) => fs.readdirSync(at(folder, entry)).includes('node_public_key.pem'))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('does not follow a vault that was put aside before its key was made', async () => {
    const folder = newFolder();
    await open(folder, { vault: await sealedVault(folder) });
    const vault = await openTestVault(folder);
    await vault.startAnew(`${passphrase} again`);
    await open(folder, { vault });
    await vault.secrets.remove(secretName);
    expect(await failureOf(open(folder, { vault }))).toMatchObject({
      reason: expect.stringContaining('it is missing'),
    });
  });
});

/** Opens vault and identity with a keyring, as one start does. */
async function openOnce(
  folder: string,
  files?: ReturnType<typeof createCrashingFiles>['files'],
): Promise<NodeIdentity> {
  const vault = await openTestVault(folder, { keyring: createFakeKeyring(), ...(files ? { files } : {}) });
  return opened(folder, { vault, ...(files ? { files } : {}) });
}
