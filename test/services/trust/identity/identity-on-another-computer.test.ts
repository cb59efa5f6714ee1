import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { secretName } from '../../../../node-core/trust/identity/identity-disk.ts';
import { createCrashingFiles } from '../../../builders/crashing-files.ts';
import { failureOf } from '../../../builders/failure.ts';
import { bytesOf } from '../../../builders/folder-bytes.ts';
import { copyOf, here, newFolder, open, opened, passphrase, sealedVault } from '../../../builders/identity-folder.ts';
import { openTestVault } from '../../../builders/vault.ts';

const there = { id: 'fedcba9876543210fedcba9876543210', name: 'there' };
const at = (folder: string, name: string): string => path.join(folder, name);

describe('an identity on another computer', () => {
  it('is noticed, and nothing is changed', async () => {
    const folder = newFolder();
    await open(folder);
    const before = bytesOf(folder);
    expect(await failureOf(open(folder, { machine: there }))).toEqual({
      kind: 'identity-elsewhere',
      path: folder,
      madeOn: 'here',
    });
    expect(bytesOf(folder)).toEqual(before);
  });

  it('is not one when only the name of the computer has changed, or its id is not known', async () => {
    const folder = newFolder();
    const { publicKey } = await opened(folder);
    expect((await opened(folder, { machine: { ...here, name: 'renamed' } })).publicKey).toBe(publicKey);
    expect((await opened(folder, { machine: { id: null, name: 'container' } })).publicKey).toBe(publicKey);
    expect(await failureOf(open(folder, { machine: there }))).toMatchObject({ madeOn: 'renamed' });
  });

  it('goes on there when it has moved, and is noticed where it was', async () => {
    const folder = newFolder();
    const { publicKey } = await opened(folder);
    expect((await opened(folder, { machine: there, decision: 'move' })).publicKey).toBe(publicKey);
    expect((await opened(folder, { machine: there })).publicKey).toBe(publicKey);
    expect(await failureOf(open(folder))).toMatchObject({ kind: 'identity-elsewhere', madeOn: 'there' });
  });

  it.each(['plain', 'sealed'] as const)('is put aside whole for a new one (%s)', async (kind) => {
    const folder = newFolder();
    const vault = kind === 'plain' ? await openTestVault(folder) : await sealedVault(folder);
    const old = await opened(folder, { vault });
    const oldSealed = await vault.secrets.read(secretName);
    const oldFiles = ['machine.json', 'node_public_key.pem'].map((name) => fs.readFileSync(at(folder, name), 'utf8'));
    fs.writeFileSync(at(folder, 'membership.json'), '{}');

    const made = await opened(folder, { vault, machine: there, decision: 'new' });

    expect(made.publicKey).not.toBe(old.publicKey);
    const aside = at(folder, `aside-${old.publicKey.slice(0, 16)}`);
    expect(['machine.json', 'node_public_key.pem'].map((name) => fs.readFileSync(at(aside, name), 'utf8'))).toEqual(
      oldFiles,
    );
    expect(fs.existsSync(at(aside, 'membership.json'))).toBe(true);
    if (kind === 'sealed') {
      expect(await vault.secrets.read(`${secretName}-${old.publicKey.slice(0, 16)}`)).toBe(oldSealed);
    } else expect(fs.existsSync(at(aside, 'node_private_key.pem'))).toBe(true);
    // The answer stands for one question alone.
    expect((await opened(folder, { vault, machine: there, decision: 'new' })).publicKey).toBe(made.publicKey);
  });

  it('is put aside once, whatever step the machine loses power at', async () => {
    const made = newFolder();
    const old = await opened(made);
    const counted = createCrashingFiles(Number.POSITIVE_INFINITY);
    await open(copyOf(made), { machine: there, decision: 'new', files: counted.files });
    for (let step = 0; step < counted.steps(); step += 1) {
      const folder = copyOf(made);
      const { files } = createCrashingFiles(step);
      await expect(open(folder, { machine: there, decision: 'new', files })).rejects.toThrow();
      const { publicKey } = await opened(folder, { machine: there, decision: 'new' });
      expect(publicKey, `step ${step}`).not.toBe(old.publicKey);
      const texts = Object.values(bytesOf(folder));
      expect(texts.filter((text) => text.includes('PRIVATE KEY')).length, `step ${step}`).toBe(2);
    }
  });

  it('waits for the vault before it is put aside', async () => {
    const folder = newFolder();
    const old = await opened(folder, { vault: await sealedVault(folder) });
    const vault = await openTestVault(folder);
    const before = bytesOf(folder);
    expect(await open(folder, { vault, machine: there, decision: 'new' })).toMatchObject({ kind: 'locked' });
    expect(bytesOf(folder)).toEqual(before);
    await vault.unlock(passphrase);
    expect((await opened(folder, { vault, machine: there, decision: 'new' })).publicKey).not.toBe(old.publicKey);
  });
});
