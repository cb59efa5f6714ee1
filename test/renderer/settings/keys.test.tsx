import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { type KeyStorageView, lockReasonSchema } from '../../../node-core/api/key-views.ts';
import { KeysSection } from '../../../renderer/features/settings/keys/keys-section.tsx';
import { LockedKeysBanner } from '../../../renderer/locked-keys-banner.tsx';
import { renderPage } from '../../builders/render-page.tsx';
import { renderScreen } from '../../builders/render-screen.tsx';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const sealed: Extract<KeyStorageView, { kind: 'sealed' }> = {
  kind: 'sealed',
  openedBy: 'keyring',
  backends: ['gnome_libsecret'],
  presentBackend: 'gnome_libsecret',
  hasRecovery: false,
  canSealHere: false,
  leftPlain: 0,
};
const locked = {
  kind: 'locked',
  reason: 'keyring-changed',
  recordedBackend: 'gnome_libsecret',
  presentBackend: 'kwallet6',
  hasRecovery: true,
  sealedCount: 3,
} as const;
const passphrase = 'correct horse battery';

function open(storage: KeyStorageView): FakeClient {
  const client = createFakeClient({ first: { 'keys.watch': storage } });
  renderPage(<KeysSection />, client);
  return client;
}

const type = (label: string, value: string): void => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};

describe('Keys', () => {
  it('says that plain keys are not encrypted', async () => {
    open({ kind: 'plain', presentBackend: 'basic_text' });
    expect(await screen.findByText(/not encrypted, because this session has no keyring/)).toBeTruthy();
  });

  it('says what opens sealed keys, and how many are left in plain files', async () => {
    open({ ...sealed, leftPlain: 2 });
    expect(
      await screen.findByText('Your keys are encrypted. GNOME Keyring opens them when Nunba starts.'),
    ).toBeTruthy();
    expect(screen.getByText(/2 keys could not be encrypted/)).toBeTruthy();
  });

  it('takes a recovery passphrase only when it is long enough and twice the same', async () => {
    const client = open(sealed);
    client.answer('keys.saveRecovery', () => ({}));
    await screen.findByRole('heading', { name: 'Recovery copy' });
    const save = screen.getByRole('button', { name: 'Save recovery copy' });
    type('New passphrase', 'short');
    type('The same again', 'short');
    fireEvent.click(save);
    expect(screen.getByText('That is too short: at least 12 characters.')).toBeTruthy();
    type('New passphrase', passphrase);
    fireEvent.click(save);
    expect(screen.getByText('The two are not the same.')).toBeTruthy();
    expect(client.recorded).toEqual([]);
    type('The same again', passphrase);
    fireEvent.click(save);
    expect(await screen.findByText('Saved. The passphrase opens the keys from now on.')).toBeTruthy();
    expect(client.inputs('keys.saveRecovery')).toEqual([{ passphrase }]);
    act(() => client.emit('keys.watch', { ...sealed, hasRecovery: true }));
    expect(screen.getByRole('button', { name: 'Change the passphrase' })).toBeTruthy();
    expect(document.body.innerHTML).not.toContain(passphrase);
  });

  it('offers the present keyring once they were opened with the passphrase', async () => {
    const client = open({ ...sealed, openedBy: 'passphrase', presentBackend: 'kwallet6', canSealHere: true });
    client.answer('keys.sealHere', () => ({}));
    fireEvent.click(await screen.findByRole('button', { name: 'Let KWallet open them' }));
    expect(await screen.findByText('KWallet opens the keys from now on.')).toBeTruthy();
  });

  it.each(lockReasonSchema.options)(
    'says why they are locked (%s) in words, with names of keyrings',
    async (reason) => {
      open({ ...locked, reason });
      const note = (await screen.findByText('Your keys are encrypted and locked. Nothing was changed.')).parentElement;
      expect(note?.textContent?.length).toBeGreaterThan(80);
      expect(note?.textContent).not.toMatch(/\{\{|keys\.|gnome_|kwallet6/);
    },
  );

  it('unlocks with the passphrase, and says when it is another one', async () => {
    const client = open(locked);
    client.answer('keys.unlock', () => {
      throw new FailureError({ kind: 'passphrase-refused' });
    });
    await screen.findByRole('heading', { name: 'Unlock with the passphrase' });
    type('Passphrase', 'wrong');
    fireEvent.click(screen.getByRole('button', { name: 'Unlock' }));
    expect(await screen.findByText(/That is not their passphrase|that is not their passphrase/)).toBeTruthy();
    client.answer('keys.unlock', () => ({}));
    type('Passphrase', passphrase);
    fireEvent.click(screen.getByRole('button', { name: 'Unlock' }));
    await waitFor(() => expect(client.inputs('keys.unlock')).toEqual([{ passphrase: 'wrong' }, { passphrase }]));
    act(() => client.emit('keys.watch', { ...sealed, openedBy: 'passphrase' }));
    expect(screen.getByText(/They were opened with the passphrase/)).toBeTruthy();
  });

  it('has nothing to unlock with where there is no recovery copy, but tries again when asked', async () => {
    const client = open({ ...locked, hasRecovery: false });
    client.answer('keys.retry', () => ({}));
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(client.inputs('keys.retry')).toHaveLength(1));
    expect(screen.queryByRole('heading', { name: 'Unlock with the passphrase' })).toBeNull();
  });

  it('begins anew only after saying what is lost', async () => {
    const client = open(locked);
    client.answer('keys.startAnew', () => ({}));
    fireEvent.click(await screen.findByRole('button', { name: 'Begin anew…' }));
    expect(screen.getByText(/3 stored keys and tokens cannot be used afterwards.*not deleted/)).toBeTruthy();
    expect(client.recorded).toEqual([]);
    type('New passphrase', passphrase);
    type('The same again', passphrase);
    fireEvent.click(screen.getByRole('button', { name: 'Put aside and begin anew' }));
    await waitFor(() => expect(client.inputs('keys.startAnew')).toEqual([{ passphrase }]));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('the banner', () => {
  it('stands over every screen while keys are locked, and leads to what mends it', async () => {
    const client = createFakeClient({ first: { 'keys.watch': locked } });
    const { state } = renderScreen(<LockedKeysBanner />, client);
    fireEvent.click(await screen.findByRole('button', { name: 'Show keys' }));
    expect(state().screen).toEqual({ kind: 'settings', section: 'keys' });
    expect(screen.queryByText(/Stored keys are locked/)).toBeNull();
  });

  it('is not there while they are open', async () => {
    const client = createFakeClient({ first: { 'keys.watch': sealed } });
    renderScreen(<LockedKeysBanner />, client);
    await waitFor(() => expect(client.watching('keys.watch')).toBe(1));
    await act(async () => undefined);
    expect(screen.queryByText(/locked/)).toBeNull();
  });
});
