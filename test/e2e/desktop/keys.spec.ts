import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { bytesOf } from '../../builders/folder-bytes.ts';
import { composer, showSettings } from '../person.ts';
import { runProgram } from '../run-program.ts';
import type { Desktop } from './desktop.ts';
import { standInOnly, test } from './fixture.ts';
import { expectLooksWell } from './looks.ts';

const builtNode = path.join(import.meta.dirname, '../../../dist/node-core/main.js');
const plainKey = 'sk-canary-plain-7d41f0';
const passphrase = 'correct horse battery staple';
const gnome = { backend: 'gnome_libsecret', key: 'one' };

/** What the desktop's keyring is from the next start on. */
function setKeyring(desktop: Desktop, keyring: { readonly backend: string; readonly key: string }): void {
  fs.writeFileSync(path.join(desktop.home, '.stand-in-keyring.json'), JSON.stringify(keyring));
}

const identityOf = (desktop: Desktop): string => path.join(desktop.dataFolder, 'identity');

/** A key in a plain file, as a version before this one kept it; sealed by the first start. */
async function sealedDesktop(desktop: Desktop): Promise<Page> {
  const secrets = path.join(identityOf(desktop), 'secrets');
  fs.mkdirSync(secrets, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(secrets, 'provider.old.key'), plainKey, { mode: 0o600 });
  setKeyring(desktop, gnome);
  await desktop.launch();
  const page = await desktop.page();
  await page.getByRole('button', { name: 'Later' }).click();
  await composer(page).waitFor();
  const section = await showSettings(page, 'Keys');
  await expect(section.getByText('GNOME Keyring opens them when Nunba starts')).toBeVisible();
  return page;
}

test('plain keys are sealed; under every other keyring they are locked, explained and left as they are', async ({
  newDesktop,
}) => {
  test.setTimeout(300_000);
  const desktop = newDesktop();
  standInOnly(desktop);
  await sealedDesktop(desktop);
  await desktop.quit();
  const before = bytesOf(identityOf(desktop));
  expect(Object.keys(before)).toContain('vault.json');
  for (const bytes of Object.values(bytesOf(desktop.dataFolder))) expect(bytes).not.toContain(plainKey);
  expect(desktop.output).not.toContain(plainKey);

  const changes = [
    [{ backend: 'kwallet6', key: 'one' }, 'this session has KWallet, which cannot open them'],
    [{ backend: 'basic_text', key: 'one' }, 'this session has no keyring'],
    [{ backend: 'unavailable', key: 'one' }, 'this session has no keyring'],
    [{ backend: 'gnome_libsecret', key: 'two' }, 'does not open them any more'],
  ] as const;
  for (const [keyring, words] of changes) {
    setKeyring(desktop, keyring);
    const page = await desktop.relaunch();
    await expect(page.getByText('Stored keys are locked')).toBeVisible();
    await page.getByRole('button', { name: 'Show keys' }).click();
    await expect(page.getByText(words)).toBeVisible();
    await desktop.quit();
    expect(bytesOf(identityOf(desktop))).toEqual(before);
  }

  setKeyring(desktop, gnome);
  const page = await desktop.relaunch();
  await composer(page).waitFor();
  await expect((await showSettings(page, 'Keys')).getByText('Your keys are encrypted. GNOME Keyring')).toBeVisible();
  await expect(page.getByText('Stored keys are locked')).toBeHidden();
});

test('the recovery copy opens them under another keyring and on a node without a desktop; beginning anew keeps them', async ({
  newDesktop,
}) => {
  test.setTimeout(300_000);
  const desktop = newDesktop();
  standInOnly(desktop);
  const first = await sealedDesktop(desktop);
  await expectLooksWell(first, 'keys-sealed');
  await first.getByLabel('New passphrase').fill(passphrase);
  await first.getByLabel('The same again').fill(passphrase);
  await first.getByRole('button', { name: 'Save recovery copy' }).click();
  await expect(first.getByText('The passphrase opens the keys from now on').first()).toBeVisible();

  setKeyring(desktop, { backend: 'kwallet6', key: 'other' });
  const page = await desktop.relaunch();
  await page.getByRole('button', { name: 'Show keys' }).click();
  await expect(page.getByText('Your keys are encrypted and locked')).toBeVisible();
  await expectLooksWell(page, 'keys-locked');
  await page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('that is not their passphrase').first()).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('button', { name: 'Let KWallet open them' }).click();
  await expect(page.getByText('KWallet opens the keys from now on').first()).toBeVisible();
  await desktop.quit();
  const sealed = bytesOf(identityOf(desktop));

  const passphraseFile = path.join(desktop.home, 'passphrase');
  fs.writeFileSync(passphraseFile, `${passphrase}\n`, { mode: 0o600 });
  const headless = runProgram([builtNode, 'doctor', '--data', desktop.dataFolder], desktop.home, {
    NUNBA_KEY_PASSPHRASE_FILE: passphraseFile,
  });
  await headless.says(/Keys are encrypted: The passphrase opened them/);
  await headless.ended;
  expect(bytesOf(identityOf(desktop))).toEqual(sealed);

  setKeyring(desktop, { backend: 'gnome_libsecret', key: 'a new one' });
  const lost = await desktop.relaunch();
  await lost.getByRole('button', { name: 'Show keys' }).click();
  await lost.getByRole('button', { name: 'Begin anew…' }).click();
  await expectLooksWell(lost, 'keys-anew');
  const dialog = lost.getByRole('dialog');
  await dialog.getByLabel('New passphrase').fill('another passphrase of mine');
  await dialog.getByLabel('The same again').fill('another passphrase of mine');
  await dialog.getByRole('button', { name: 'Put aside and begin anew' }).click();
  await expect(lost.getByText('GNOME Keyring opens them when Nunba starts')).toBeVisible();
  await desktop.quit();
  const after = Object.values(bytesOf(identityOf(desktop)));
  for (const bytes of Object.values(sealed)) expect(after).toContain(bytes);
});
