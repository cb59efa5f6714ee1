import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createCrashingFiles } from '../../builders/crashing-files.ts';
import { bytesOf } from '../../builders/folder-bytes.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { openTestVault } from '../../builders/vault.ts';
import { createFakeKeyring } from '../../doubles/keyring.ts';

const secrets = { 'provider.one.key': 'sk-plain-one', 'api.chat-token': 'a-token' };
const passphrase = 'correct horse battery staple';

/** A folder as the version before this one left it. */
function oldFolder(): string {
  const identity = path.join(tempFolder(), 'identity');
  writeFiles(path.join(identity, 'secrets'), secrets);
  return identity;
}

const plainIn = (identity: string): readonly string[] =>
  Object.entries(bytesOf(identity)).flatMap(([name, bytes]) =>
    Object.values(secrets).some((secret) => bytes.includes(secret)) ? [name] : [],
  );

test('plain secrets are sealed, found again, and nowhere in plain any more', async () => {
  const identity = oldFolder();
  const vault = await openTestVault(identity, { keyring: createFakeKeyring() });
  expect(vault.view()).toMatchObject({ kind: 'sealed', leftPlain: 0 });
  for (const [name, secret] of Object.entries(secrets)) expect(await vault.secrets.read(name)).toBe(secret);
  expect(plainIn(identity)).toEqual([]);
  expect(Object.keys(bytesOf(identity))).toHaveLength(3);
});

test('with a passphrase file alone, too', async () => {
  const identity = oldFolder();
  await openTestVault(identity, { passphrase });
  expect(plainIn(identity)).toEqual([]);
  const again = await openTestVault(identity, { passphrase });
  expect(await again.secrets.read('provider.one.key')).toBe('sk-plain-one');
});

test('wherever the power fails, every secret is found again at the next start, and sealed then', async () => {
  const keyring = createFakeKeyring();
  const whole = createCrashingFiles(Number.POSITIVE_INFINITY);
  await openTestVault(oldFolder(), { keyring, files: whole.files });
  expect(whole.steps()).toBeGreaterThan(30);
  for (let crashAt = 0; crashAt < whole.steps(); crashAt += 1) {
    const identity = oldFolder();
    await openTestVault(identity, { keyring, files: createCrashingFiles(crashAt).files }).catch(() => undefined);
    const vault = await openTestVault(identity, { keyring });
    for (const [name, secret] of Object.entries(secrets)) {
      expect(await vault.secrets.read(name), `${name} after step ${crashAt}`).toBe(secret);
    }
    expect(plainIn(identity), `plain after step ${crashAt}`).toEqual([]);
  }
});

test('a change that the power cuts short leaves the old secret or the new one', async () => {
  const keyring = createFakeKeyring();
  const write = async (identity: string, crashAt: number): Promise<number> => {
    const { files, steps } = createCrashingFiles(crashAt);
    const vault = await openTestVault(identity, { keyring, files }).catch(() => null);
    await vault?.secrets.write('provider.one.key', 'sk-changed').catch(() => undefined);
    return steps();
  };
  const start = async (): Promise<string> => {
    const identity = oldFolder();
    await openTestVault(identity, { keyring });
    return identity;
  };
  const steps = await write(await start(), Number.POSITIVE_INFINITY);
  for (let crashAt = 0; crashAt < steps; crashAt += 1) {
    const identity = await start();
    await write(identity, crashAt);
    const vault = await openTestVault(identity, { keyring });
    expect(['sk-plain-one', 'sk-changed'], `step ${crashAt}`).toContain(await vault.secrets.read('provider.one.key'));
  }
});

test('beginning anew that the power cuts short leaves the old vault in force or the new one, and every file of the old', async () => {
  const keyring = createFakeKeyring();
  const begin = async (identity: string, crashAt: number): Promise<number> => {
    const { files, steps } = createCrashingFiles(crashAt);
    const vault = await openTestVault(identity, { keyring: createFakeKeyring('kwallet6'), files }).catch(() => null);
    await vault?.startAnew(passphrase).catch(() => undefined);
    return steps();
  };
  const start = async (): Promise<string> => {
    const identity = oldFolder();
    await openTestVault(identity, { keyring });
    return identity;
  };
  const steps = await begin(await start(), Number.POSITIVE_INFINITY);
  for (let crashAt = 0; crashAt < steps; crashAt += 1) {
    const identity = await start();
    const before = Object.values(bytesOf(identity));
    await begin(identity, crashAt);
    const old = await openTestVault(identity, { keyring });
    if (old.view().kind === 'sealed') {
      expect(await old.secrets.read('provider.one.key'), `step ${crashAt}`).toBe('sk-plain-one');
    } else {
      const vault = await openTestVault(identity, { passphrase });
      expect(vault.view().kind, `step ${crashAt}`).toBe('sealed');
      expect(await vault.secrets.read('provider.one.key'), `step ${crashAt}`).toBeNull();
    }
    const bytes = Object.values(bytesOf(identity));
    for (const each of before) expect(bytes, `step ${crashAt}`).toContain(each);
  }
});

test('of a plain and a sealed one that differ, the later one counts', async () => {
  const identity = path.join(tempFolder(), 'identity');
  const keyring = createFakeKeyring();
  const { secrets: sealed } = await openTestVault(identity, { keyring });
  await sealed.write('a', 'sealed');
  await sealed.write('b', 'sealed');
  writeFiles(path.join(identity, 'secrets'), { a: 'plain', b: 'plain' });
  fs.utimesSync(path.join(identity, 'secrets', 'a'), 1, 1);
  fs.utimesSync(path.join(identity, 'secrets', 'b.sealed'), 1, 1);
  const again = await openTestVault(identity, { keyring });
  expect([await again.secrets.read('a'), await again.secrets.read('b')]).toEqual(['sealed', 'plain']);
  expect(fs.readdirSync(path.join(identity, 'secrets')).toSorted()).toEqual(['a.sealed', 'b.sealed']);
});

test('one that cannot be sealed stays as it is and is still read; a sealed one that cannot be opened is not replaced', async () => {
  const identity = path.join(tempFolder(), 'identity');
  writeFiles(path.join(identity, 'secrets'), { good: 'one', bad: 'two' });
  const keyring = createFakeKeyring();
  const other = path.join(tempFolder(), 'identity');
  await (await openTestVault(other, { keyring })).secrets.write('bad', 'three');
  const foreign = fs.readFileSync(path.join(other, 'secrets', 'bad.sealed'), 'utf8');
  await openTestVault(identity, { keyring });
  writeFiles(path.join(identity, 'secrets'), { bad: 'two', 'bad.sealed': foreign });
  const vault = await openTestVault(identity, { keyring });
  expect(vault.view()).toMatchObject({ kind: 'sealed', leftPlain: 1 });
  expect(fs.readFileSync(path.join(identity, 'secrets', 'bad.sealed'), 'utf8')).toBe(foreign);
  expect(fs.readFileSync(path.join(identity, 'secrets', 'bad'), 'utf8')).toBe('two');
  expect(await vault.secrets.read('good')).toBe('one');
});
