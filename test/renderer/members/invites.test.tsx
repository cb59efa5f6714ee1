import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { MembersPage } from '../../../renderer/features/members/members-page.tsx';
import { useLinkedJoin } from '../../../renderer/use-linked-join.ts';
import { deskView, inviteView, memberView } from '../../builders/desk-view.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { statusView } from '../../builders/status-view.ts';
import { createFakeClient } from '../../doubles/client.ts';
import { createFakeShell } from '../../doubles/shell.ts';
import { dialog, open, press, type } from './open-members.tsx';

describe('an invite', () => {
  const link = 'nunba://join?at=https://hub.example:6776&anchor=aa&tier=regional&invite=one.secret';
  const page = 'https://hub.example:6776/join#at=x';

  it('is made as asked for, and shown this one time', async () => {
    const client = open(deskView());
    client.answer('authority.createInvite', () => ({ invite: inviteView({ uses: 3 }), link, page }));
    await press('Create an invite');
    fireEvent.click(within(await dialog()).getByRole('radio', { name: '7 days' }));
    type('How often', '3');
    fireEvent.click(screen.getByRole('switch', { name: 'May take in locals' }));
    await press('Create the invite');
    expect(await screen.findByRole('img', { name: 'QR code of the link' })).toBeTruthy();
    expect(client.inputs('authority.createInvite')).toEqual([
      { tier: null, uses: 3, expiresInSeconds: 7 * 24 * 3_600, mayIssue: true },
    ]);
    expect(screen.getByDisplayValue(link)).toBeTruthy();
    expect(screen.getByDisplayValue(page)).toBeTruthy();
    expect(screen.getByText(/Good 3 times, until/)).toBeTruthy();
    await press('Done');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await press('Create an invite');
    expect((await dialog()).innerHTML).not.toContain('secret');
    expect(screen.getByRole('button', { name: 'Create the invite' })).toBeTruthy();
  });

  const linked = { id: 'j1', source: 'link', link } as const;
  const Linked = () => {
    useLinkedJoin(true);
    return <MembersPage />;
  };

  it('that is shown this one time is not taken from view by a link that is opened meanwhile', async () => {
    const client = createFakeClient({
      first: { 'authority.watch': deskView(), 'status.watch': statusView({ tier: 'central' }) },
      calls: { 'authority.createInvite': () => ({ invite: inviteView(), link, page }) },
    });
    const shell = createFakeShell();
    const { state } = renderScreen(<Linked />, client, { kind: 'members' }, shell);
    await press('Create an invite');
    await press('Create the invite');
    await screen.findByDisplayValue(link);
    act(() => shell.show({ linkedJoin: linked }));
    expect(state().screen).toEqual({ kind: 'members' });
    expect(shell.calls).toEqual([]);
    await press('Done');
    await waitFor(() => expect(state().screen).toEqual({ kind: 'join' }));
    expect(state().joinGoal).toEqual({ id: 'j1', link });
  });

  it('that was made after the form was closed is not what the next form begins with', async () => {
    const client = open(deskView());
    const answer = Promise.withResolvers<void>();
    client.answer('authority.createInvite', async () => {
      await answer.promise;
      return { invite: inviteView(), link, page };
    });
    await press('Create an invite');
    await press('Create the invite');
    fireEvent.keyDown(await dialog(), { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await act(async () => answer.resolve());
    await press('Create an invite');
    expect((await dialog()).innerHTML).not.toContain('secret');
    expect(screen.getByRole('button', { name: 'Create the invite' })).toBeTruthy();
  });

  it('is good for a day and once, and gives no right to a local', async () => {
    const client = open(deskView(), 'regional');
    client.answer('authority.createInvite', () => ({ invite: inviteView({ tier: 'local' }), link, page }));
    await press('Create an invite');
    expect(within(await dialog()).queryByRole('switch')).toBeNull();
    await press('Create the invite');
    await screen.findByText(/Good once, until/);
    expect(client.inputs('authority.createInvite')).toEqual([
      { tier: null, uses: 1, expiresInSeconds: 24 * 3_600, mayIssue: false },
    ]);
  });

  it.each(['0', '1001', '1.5', 'many', ''])('is not made for %j uses', async (uses) => {
    const client = open(deskView());
    await press('Create an invite');
    await dialog();
    type('How often', uses);
    await press('Create the invite');
    expect(screen.getByText('Write a whole number from 1 to 1000.')).toBeTruthy();
    expect(client.inputs('authority.createInvite')).toEqual([]);
  });

  it('is not made, and the reason is said, where nobody could follow it', async () => {
    const client = open(deskView());
    client.answer('authority.createInvite', () => {
      throw new FailureError({ kind: 'no-public-address' });
    });
    await press('Create an invite');
    await press('Create the invite');
    expect(await within(await dialog()).findByText(/does not know at which address others reach it/)).toBeTruthy();
  });

  it.each([
    ['open', 'Open', true],
    ['used', 'Used', false],
    ['expired', 'Expired', false],
    ['revoked', 'Taken back', false],
  ] as const)('that is %s says so', async (state, said, canBeTakenBack) => {
    open(deskView({ invites: [inviteView({ state })] }));
    expect(await screen.findByText(said)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Take back the invite invite-one …' }) !== null).toBe(canBeTakenBack);
  });

  it('names who used it', async () => {
    const users = ['e'.repeat(64), 'f'.repeat(64)];
    open(deskView({ invites: [inviteView({ uses: 5, usedBy: users })], members: [memberView()] }));
    expect(await screen.findByText(/2 of 5 uses · hub, ffffffffffffffff/)).toBeTruthy();
  });

  it('is taken back after a question', async () => {
    const client = open(deskView({ invites: [inviteView()] }));
    client.answer('authority.revokeInvite', () => ({}));
    await press('Take back the invite invite-one …');
    expect((await screen.findByRole('alertdialog')).textContent).toContain('Who has used it already stays a member');
    expect(client.inputs('authority.revokeInvite')).toEqual([]);
    await press('Take it back');
    expect(client.inputs('authority.revokeInvite')).toEqual([{ id: 'invite-one' }]);
  });
});
