import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { membershipView, trustView } from '../../builders/trust-view.ts';
import { member, open, press } from './open-trust.tsx';

describe('Renew now', () => {
  it('says until when the new certificate is valid', async () => {
    const { client } = open(member());
    const expiresAt = Date.UTC(2030, 0, 5, 12);
    const certificate = { ...membershipView().certificate, serial: 'f'.repeat(32) };
    client.answer('trust.renew', () => member({ expiresAt, certificate }));
    await press('Renew now');
    expect((await screen.findAllByText(/Renewed. The certificate is valid until Jan 5, 2030/)).length).toBeGreaterThan(
      0,
    );
  });

  it('does not claim a new certificate where the same one came again', async () => {
    const { client } = open(member());
    client.answer('trust.renew', () => member());
    await press('Renew now');
    expect((await screen.findAllByText(/regional.example:6776 was asked. It is too early/)).length).toBeGreaterThan(0);
    expect(screen.queryByText(/^Renewed/)).toBeNull();
  });

  it('says at its place why it did not work', async () => {
    const { client } = open(member());
    client.answer('trust.renew', () => {
      throw new FailureError({ kind: 'hive-refused', of: 'unreachable', code: 'timeout', sentence: 'raw' });
    });
    await press('Renew now');
    expect((await screen.findByRole('alert')).textContent).toContain('The issuer did not answer in time');
  });
});

describe('leaving', () => {
  it('says first what follows, and does nothing when it is cancelled', async () => {
    const { client } = open(member());
    await press('Leave the hive …');
    const dialog = await screen.findByRole('dialog', { name: 'Leave the hive Test hive?' });
    expect(dialog.textContent).toContain('regional.example:6776 is told. It keeps this computer’s name');
    expect(dialog.textContent).toContain('Your chats, agents and settings stay');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(client.inputs('trust.leave')).toEqual([]);
  });

  it.each([
    [true, /You have left the hive, and it was told/],
    [false, /regional.example:6776 could not be told, so it lists this computer as a member until/],
  ])('says afterwards whether the issuer was told: %s', async (isIssuerTold, said) => {
    const { client } = open(member());
    client.answer('trust.leave', () => ({ isIssuerTold }));
    await press('Leave the hive …');
    await press('Leave the hive');
    expect((await screen.findAllByText(said)).length).toBeGreaterThan(0);
    expect(client.inputs('trust.leave')).toHaveLength(1);
  });

  it('claims nothing of the issuer where the membership had ended', async () => {
    const { client } = open(member({ ended: { kind: 'revoked', reason: 'lost', at: Date.now() }, renewsAt: null }));
    client.answer('trust.leave', () => ({ isIssuerTold: false }));
    await press('Leave the hive …');
    await press('Leave the hive');
    const said = await screen.findAllByText('You have left the hive. This computer works alone.');
    expect(said.length).toBeGreaterThan(0);
    expect(screen.queryByText(/could not be told/)).toBeNull();
  });

  it('keeps the question open where it failed, with the reason', async () => {
    const { client } = open(member());
    client.answer('trust.leave', () => {
      throw new FailureError({ kind: 'storage-full' });
    });
    await press('Leave the hive …');
    await press('Leave the hive');
    expect(within(await screen.findByRole('dialog')).getByText(/The disk is full/)).toBeTruthy();
  });

  it('says what becomes of those that joined through it', async () => {
    open(member({ mayIssue: true, tier: 'regional' }));
    await press('Leave the hive …');
    expect((await screen.findByRole('dialog')).textContent).toContain('have to find another parent');
  });
});

it('leaves the focus to what takes the place of the button that was pressed', async () => {
  const { client } = open(member());
  client.answer('trust.leave', () => {
    client.emit('trust.watch', trustView());
    return { isIssuerTold: true };
  });
  const leave = await screen.findByRole('button', { name: 'Leave the hive …' });
  leave.focus();
  fireEvent.click(leave);
  await press('Leave the hive');
  await screen.findByText('This computer works alone');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('This computer works alone'));
  expect(document.activeElement).not.toBe(document.body);
});
