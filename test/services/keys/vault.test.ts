import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../../../node-core/api/failures.ts';
import { bytesOf } from '../../builders/folder-bytes.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { openTestVault } from '../../builders/vault.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { createFakeKeyring } from '../../doubles/keyring.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const passphrase = 'correct horse battery staple';
const name = 'provider.one.key';
const secret = 'sk-live-0123456789';

const sealedFile = (identity: string, of = name): string => path.join(identity, 'secrets', `${of}.sealed`);

test('without a keyring and a passphrase, secrets are plain files for the owner alone, and nothing else is made', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const vault = await openTestVault(identity);
  expect(vault.view()).toEqual({ kind: 'plain', presentBackend: null });
  expect(await vault.secrets.read(name)).toBeNull();
  await vault.secrets.remove(name);
  expect(fs.existsSync(identity)).toBe(false);
  await vault.secrets.write(name, 'sécret\n');
  expect(await vault.secrets.read(name)).toBe('sécret\n');
  expect(bytesOf(identity)).toEqual({ [path.join('secrets', name)]: Buffer.from('sécret\n').toString('latin1') });
  if (process.platform !== 'win32') {
    expect(fs.statSync(path.join(identity, 'secrets', name)).mode & 0o777).toBe(0o600);
    expect(fs.statSync(path.join(identity, 'secrets')).mode & 0o777).toBe(0o700);
  }
});

test('with a keyring they are sealed from the first start, and found again at the next', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const keyring = createFakeKeyring();
  const vault = await openTestVault(identity, { keyring });
  await vault.secrets.write(name, secret);
  await vault.secrets.write('gone', 'x');
  await vault.secrets.remove('gone');
  expect(vault.view()).toEqual({
    kind: 'sealed',
    openedBy: 'keyring',
    backends: ['gnome_libsecret'],
    presentBackend: 'gnome_libsecret',
    hasRecovery: false,
    canSealHere: false,
    leftPlain: 0,
  });
  expect(Object.keys(bytesOf(identity))).toEqual([path.join('secrets', `${name}.sealed`), 'vault.json']);
  expect(JSON.stringify(bytesOf(identity))).not.toContain(secret);
  if (process.platform !== 'win32') {
    for (const file of ['vault.json', path.join('secrets', `${name}.sealed`)]) {
      expect(fs.statSync(path.join(identity, file)).mode & 0o777, file).toBe(0o600);
    }
  }
  const before = bytesOf(identity);
  const again = await openTestVault(identity, { keyring });
  expect(await again.secrets.read(name)).toBe(secret);
  expect(await again.secrets.read('gone')).toBeNull();
  expect(bytesOf(identity)).toEqual(before);
});

test.each([
  ['another keyring', { backend: 'kwallet6' }, 'keyring-changed', 'kwallet6'],
  ['one that seals with nothing', { backend: 'basic_text', isUsable: false }, 'keyring-missing', 'basic_text'],
  ['none that is available', { isUsable: false }, 'keyring-missing', 'gnome_libsecret'],
  ['the same with another key', { secret: 'two' }, 'keyring-refused', 'gnome_libsecret'],
])(
  '%s: locked, explained, nothing overwritten; and open again when it is back',
  async (_name, change, reason, present) => {
    const identity = path.join(tempFolder(), 'identity');
    const keyring = createFakeKeyring();
    await (await openTestVault(identity, { keyring })).secrets.write(name, secret);
    const before = bytesOf(identity);

    const changed = Object.assign(createFakeKeyring(), change);
    const vault = await openTestVault(identity, { keyring: changed });
    const facts = { reason, recordedBackend: 'gnome_libsecret', presentBackend: present };
    expect(vault.view()).toEqual({ kind: 'locked', ...facts, hasRecovery: false, sealedCount: 1 });
    const refusal = { kind: 'keys-locked', ...facts };
    expect(await vault.secrets.read(name).catch(failureOf)).toEqual(refusal);
    expect(await vault.secrets.write(name, 'other').catch(failureOf)).toEqual(refusal);
    expect(await vault.secrets.write('new', 'other').catch(failureOf)).toEqual(refusal);
    expect(await vault.secrets.remove(name).catch(failureOf)).toEqual(refusal);
    expect(await vault.saveRecovery(passphrase).catch(failureOf)).toEqual(refusal);
    expect(await vault.sealHere().catch(failureOf)).toEqual(refusal);
    expect(await vault.unlock(passphrase).catch(failureOf)).toEqual(refusal);
    expect(await vault.secrets.read('never.kept')).toBeNull();
    await vault.secrets.remove('never.kept');
    expect(bytesOf(identity)).toEqual(before);

    Object.assign(changed, { backend: 'gnome_libsecret', isUsable: true, secret: 'one' });
    await vault.retry();
    expect(vault.view().kind).toBe('sealed');
    expect(await vault.secrets.read(name)).toBe(secret);
    expect(bytesOf(identity)).toEqual(before);
  },
);

test('the recovery copy opens them where the keyring is another one, which may be added then; the old one still opens them', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const first = await openTestVault(identity, { keyring: createFakeKeyring() });
  await first.secrets.write(name, secret);
  await first.saveRecovery(passphrase);
  expect(first.view()).toMatchObject({ kind: 'sealed', hasRecovery: true });

  const kwallet = createFakeKeyring('kwallet6');
  const vault = await openTestVault(identity, { keyring: kwallet });
  expect(vault.view()).toMatchObject({ kind: 'locked', reason: 'keyring-changed', hasRecovery: true });
  const before = bytesOf(identity);
  expect(await vault.unlock('not the passphrase').catch(failureOf)).toEqual({ kind: 'passphrase-refused' });
  expect(vault.view().kind).toBe('locked');
  await vault.unlock(passphrase);
  expect(vault.view()).toMatchObject({ kind: 'sealed', openedBy: 'passphrase', canSealHere: true });
  expect(await vault.secrets.read(name)).toBe(secret);
  expect(bytesOf(identity)).toEqual(before);

  expect((await openTestVault(identity, { keyring: kwallet })).view().kind).toBe('locked');
  await vault.sealHere();
  expect(vault.view()).toMatchObject({
    openedBy: 'keyring',
    canSealHere: false,
    backends: ['kwallet6', 'gnome_libsecret'],
  });
  for (const keyring of [kwallet, createFakeKeyring()]) {
    const again = await openTestVault(identity, { keyring });
    expect(again.view()).toMatchObject({ kind: 'sealed', openedBy: 'keyring', hasRecovery: true });
    expect(await again.secrets.read(name)).toBe(secret);
  }
  const changed = await openTestVault(identity, { keyring: Object.assign(createFakeKeyring(), { secret: 'two' }) });
  expect(changed.view()).toMatchObject({ reason: 'keyring-refused', recordedBackend: 'gnome_libsecret' });
});

test('a node without a keyring opens them with the passphrase of a file, and only with that', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const desktop = await openTestVault(identity, { keyring: createFakeKeyring() });
  await desktop.secrets.write(name, secret);
  await desktop.saveRecovery(passphrase);
  const before = bytesOf(identity);

  const wrong = await openTestVault(identity, { passphrase: 'another passphrase' });
  expect(wrong.view()).toMatchObject({ kind: 'locked', reason: 'passphrase-wrong' });
  const none = await openTestVault(identity);
  expect(none.view()).toMatchObject({ kind: 'locked', reason: 'keyring-missing', presentBackend: null });
  const right = await openTestVault(identity, { passphrase });
  expect(right.view()).toMatchObject({ kind: 'sealed', openedBy: 'passphrase', canSealHere: false });
  expect(await right.secrets.read(name)).toBe(secret);
  expect(bytesOf(identity)).toEqual(before);
});

test('a passphrase file without a keyring begins a vault of its own', async () => {
  const identity = path.join(tempFolder(), 'identity');
  await (await openTestVault(identity, { passphrase })).secrets.write(name, secret);
  expect(await (await openTestVault(identity, { passphrase })).secrets.read(name)).toBe(secret);
  const desktop = await openTestVault(identity, { keyring: createFakeKeyring() });
  expect(desktop.view()).toMatchObject({ kind: 'locked', reason: 'passphrase-needed', recordedBackend: null });
  await desktop.unlock(passphrase);
  await desktop.sealHere();
  expect(await (await openTestVault(identity, { keyring: createFakeKeyring() })).secrets.read(name)).toBe(secret);
});

test('beginning anew puts the old vault aside, whole; put back, it opens again', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const keyring = createFakeKeyring();
  await (await openTestVault(identity, { keyring })).secrets.write(name, secret);
  const before = bytesOf(identity);
  const { vaultId } = JSON.parse(before['vault.json'] ?? '') as { vaultId: string };
  const kept = path.join(identity, `vault-${vaultId}.kept`);

  const changed = createFakeKeyring('kwallet6');
  const vault = await openTestVault(identity, { keyring: changed });
  let told = 0;
  vault.onChanged(() => (told += 1));
  await vault.startAnew(passphrase);
  expect(told).toBe(1);
  expect(vault.view()).toMatchObject({
    kind: 'sealed',
    openedBy: 'keyring',
    backends: ['kwallet6'],
    hasRecovery: true,
  });
  expect(await vault.secrets.read(name)).toBeNull();
  await vault.secrets.write(name, 'a new one');
  expect(bytesOf(kept)).toEqual({
    'vault.json': before['vault.json'],
    [`${name}.sealed`]: before[path.join('secrets', `${name}.sealed`)],
  });
  expect(await (await openTestVault(identity, { passphrase })).secrets.read(name)).toBe('a new one');

  fs.copyFileSync(path.join(kept, 'vault.json'), path.join(identity, 'vault.json'));
  fs.copyFileSync(path.join(kept, `${name}.sealed`), sealedFile(identity));
  expect(await (await openTestVault(identity, { keyring })).secrets.read(name)).toBe(secret);
});

test.each([
  ['cut short', (text: string) => text.slice(0, 40), 'vault-damaged'],
  ['emptied', () => '', 'vault-damaged'],
  [
    'with another name of its keyring',
    (text: string) => text.replace('gnome_libsecret', 'gnome_libsecreT'),
    'vault-damaged',
  ],
  ['of a newer Nunba', () => '{"version":7}', 'vault-newer'],
])('a vault record %s is left as it is', async (_name, spoil, reason) => {
  const identity = path.join(tempFolder(), 'identity');
  const keyring = createFakeKeyring();
  await (await openTestVault(identity, { keyring })).secrets.write(name, secret);
  const file = path.join(identity, 'vault.json');
  fs.writeFileSync(file, spoil(fs.readFileSync(file, 'utf8')));
  const before = bytesOf(identity);
  const vault = await openTestVault(identity, { keyring, passphrase });
  expect(vault.view()).toMatchObject({ kind: 'locked', reason, sealedCount: 1 });
  expect(await vault.secrets.read(name).catch(failureOf)).toMatchObject({ kind: 'keys-locked', reason });
  expect(bytesOf(identity)).toEqual(before);
  await vault.startAnew(passphrase);
  expect(vault.view().kind).toBe('sealed');
  const bytes = Object.values(bytesOf(identity));
  for (const old of Object.values(before)) expect(bytes).toContain(old);
});

test('a keyring that does not give back what it sealed is not trusted', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const keyring = Object.assign(createFakeKeyring(), { isForgetful: true });
  const vault = await openTestVault(identity, { keyring });
  expect(vault.view().kind).toBe('plain');
  await vault.secrets.write(name, secret);
  expect(Object.keys(bytesOf(identity))).toEqual([path.join('secrets', name)]);
  expect((await openTestVault(identity, { keyring, passphrase })).view()).toMatchObject({
    openedBy: 'passphrase',
    backends: [],
  });
});

test('a keyring that waits for its password holds nothing up, and is used as soon as it answers', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const keyring = createFakeKeyring();
  await (await openTestVault(identity, { keyring })).secrets.write(name, secret);
  const clock = createFakeClock(0);
  keyring.isSilent = true;
  const opening = openTestVault(identity, { keyring, options: { clock } });
  await expect.poll(() => clock.pendingTimers()).toBe(1);
  await clock.advance(10_000);
  const vault = await opening;
  expect(vault.view()).toMatchObject({ kind: 'locked', reason: 'keyring-silent' });
  const opened = new Promise<void>((resolve) => vault.onChanged(resolve));
  keyring.wake();
  await opened;
  expect(await vault.secrets.read(name)).toBe(secret);
});

test('without anything sealed there is nothing to recover, and without a keyring nothing to seal with', async () => {
  const plain = await openTestVault(path.join(tempFolder(), 'identity'));
  expect(await plain.saveRecovery(passphrase).catch(failureOf)).toEqual({ kind: 'keys-not-sealed' });
  const sealed = await openTestVault(path.join(tempFolder(), 'identity'), { passphrase });
  expect(await sealed.sealHere().catch(failureOf)).toEqual({ kind: 'no-keyring' });
});

test('no line of the log has a key, a passphrase or the key of the vault in it', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const log = createRecordedLog();
  const keyring = createFakeKeyring();
  const options = { log };
  await openTestVault(identity, { keyring, options });
  writeFiles(identity, { [`secrets/${name}`]: secret, 'secrets/odd.sealed': 'x', 'secrets/odd': 'another-secret-99' });
  const vault = await openTestVault(identity, { keyring, options });
  await vault.saveRecovery(passphrase);
  keyring.secret = 'two';
  await openTestVault(identity, { keyring, options });
  await openTestVault(identity, { passphrase: 'not the passphrase', options });
  const told = JSON.stringify(log.lines, (_key, value: unknown) => (value instanceof Error ? value.message : value));
  expect(log.lines.length).toBeGreaterThan(2);
  const sealed = JSON.parse(
    Buffer.from(JSON.parse(bytesOf(identity)['vault.json'] ?? '').keyrings[0].sealed, 'base64').toString(),
  );
  const vaultKey = String(sealed[2]).split(':').at(-1) ?? '';
  expect(vaultKey).toHaveLength(44);
  for (const hidden of [secret, 'another-secret-99', passphrase, vaultKey]) expect(told).not.toContain(hidden);
});
