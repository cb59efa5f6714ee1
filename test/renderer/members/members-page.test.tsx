import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { MembersPage } from '../../../renderer/features/members/members-page.tsx';
import { deskView, memberView, requestView } from '../../builders/desk-view.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { createFakeClient } from '../../doubles/client.ts';
import { dialog, open, press, type } from './open-members.tsx';

describe('the desk', () => {
  it('says what to do next where there is nothing yet', async () => {
    open(deskView());
    expect(await screen.findByText('No members yet')).toBeTruthy();
    expect(screen.getByText('No invites yet')).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Requests' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Create an invite' })).toBeTruthy();
  });

  it('shows requests first, and says aloud that they are there', async () => {
    open(deskView({ requests: [requestView()], members: [memberView()] }));
    await screen.findByRole('heading', { name: 'Requests' });
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'Requests',
      'Invites',
      'Members',
    ]);
    expect(screen.getByText('1 computer asks to join.').getAttribute('role')).toBe('status');
  });

  it('says that this computer takes in nobody where it issues nothing', async () => {
    const client = createFakeClient();
    renderScreen(<MembersPage />, client);
    await waitFor(() => expect(client.watching('authority.watch')).toBe(1));
    act(() => client.end('authority.watch', { kind: 'not-issuing' }));
    expect(screen.getByText('This computer takes in nobody')).toBeTruthy();
  });
});

describe('a request', () => {
  it('shows name, tier, words, and from where', async () => {
    open(deskView({ requests: [requestView({ fqdn: 'studio.example' })] }));
    const row = (await screen.findByText('velvet')).closest('li');
    expect(row?.textContent).toContain('studio · Regional');
    expect(row?.textContent).toContain('From studio.example (192.0.2.7)');
  });

  it.each([
    [false, 'as a plain member'],
    [true, 'as one that may take in locals'],
  ])('is approved after its words were compared, mayIssue %s: %s', async (mayIssue) => {
    const client = open(deskView({ requests: [requestView()] }));
    client.answer('authority.approve', () => ({}));
    await press('Approve studio …');
    const asked = await dialog();
    expect(asked.textContent).toContain('Compare these words');
    expect(within(asked).getByText('narrow')).toBeTruthy();
    expect(client.inputs('authority.approve')).toEqual([]);
    if (mayIssue) fireEvent.click(within(asked).getByRole('switch', { name: 'May take in locals' }));
    await press('The words are the same, approve');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(client.inputs('authority.approve')).toEqual([{ id: '1'.repeat(32), mayIssue }]);
  });

  it('of a local has no right to take in others to give', async () => {
    open(deskView({ requests: [requestView({ tier: 'local' })] }), 'regional');
    await press('Approve studio …');
    expect(within(await dialog()).queryByRole('switch')).toBeNull();
  });

  it('cannot be approved while it has no words', async () => {
    open(deskView({ requests: [requestView({ words: null })] }));
    const approve = await screen.findByRole('button', { name: 'Approve studio …' });
    expect(approve.hasAttribute('disabled')).toBe(true);
    expect(screen.getByText(/Many others have waited longer/)).toBeTruthy();
  });

  it('says in the dialog why approving failed', async () => {
    const client = open(deskView({ requests: [requestView()] }));
    client.answer('authority.approve', () => {
      throw new FailureError({ kind: 'signer-unreachable', reason: 'no socket' });
    });
    await press('Approve studio …');
    await press('The words are the same, approve');
    expect(await within(await dialog()).findByText(/signer, which holds the master key, does not answer/)).toBeTruthy();
  });

  it('is rejected with a reason', async () => {
    const client = open(deskView({ requests: [requestView()] }));
    client.answer('authority.reject', () => ({}));
    await press('Reject studio …');
    await dialog();
    type('Reason', ' nobody knows it ');
    await press('Reject');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(client.inputs('authority.reject')).toEqual([{ id: '1'.repeat(32), reason: 'nobody knows it' }]);
  });
});

describe('a member', () => {
  it.each([
    ['active', 'Active', true],
    ['ended', 'Certificate ended; it can renew it when it is back', true],
    ['left', 'Has left', false],
    ['revoked', 'Revoked: the laptop was lost', false],
  ] as const)('that is %s says so', async (state, said, canBeRevoked) => {
    const revokedReason = state === 'revoked' ? 'the laptop was lost' : null;
    open(deskView({ members: [memberView({ state, revokedReason, mayIssue: true })] }));
    expect(await screen.findByText(said)).toBeTruthy();
    expect(screen.getByText(/Regional · may take in locals/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Revoke hub …' }) !== null).toBe(canBeRevoked);
  });

  it('is revoked only with a reason, once the consequences were said', async () => {
    const client = open(deskView({ members: [memberView()] }));
    client.answer('authority.revoke', () => ({}));
    await press('Revoke hub …');
    const asked = await dialog();
    expect(asked.textContent).toContain('This cannot be taken back');
    expect(asked.textContent).toContain('The hive’s federation key is changed');
    type('Reason', '   ');
    await press('Revoke');
    expect(within(asked).getByRole('alert').textContent).toContain('Write a reason');
    expect(client.inputs('authority.revoke')).toEqual([]);
    type('Reason', 'the laptop was lost');
    await press('Revoke');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(client.inputs('authority.revoke')).toEqual([{ key: 'e'.repeat(64), reason: 'the laptop was lost' }]);
  });

  it('keeps the federation key where it is not this node’s to change', async () => {
    open(deskView({ members: [memberView({ tier: 'local' })] }), 'regional');
    await press('Revoke hub …');
    expect((await dialog()).textContent).toContain('It still knows the hive’s federation key');
  });

  it('stays where revoking failed, and the reason is said', async () => {
    const client = open(deskView({ members: [memberView()] }));
    client.answer('authority.revoke', () => {
      throw new FailureError({ kind: 'signer-refused', reason: 'busy' });
    });
    await press('Revoke hub …');
    await dialog();
    type('Reason', 'lost');
    await press('Revoke');
    expect(await within(await dialog()).findByText(/The signer refused to sign: busy/)).toBeTruthy();
  });
});

describe('a thousand members', () => {
  const members = Array.from({ length: 1_000 }, (_, place) =>
    memberView({ nodeName: `node-${place}`, publicKey: place.toString(16).padStart(64, '0') }),
  );
  const names = () =>
    within(screen.getByRole('list', { name: 'Members' }))
      .getAllByRole('listitem')
      .map((row) => /node-\d+/.exec(row.textContent ?? '')?.[0]);

  it('are shown a hundred at a time, and found by name or key', async () => {
    open(deskView({ members }));
    await screen.findByText('and 900 more');
    expect(names()).toHaveLength(100);
    type('Search by name or key', 'NODE-777');
    expect(names()).toEqual(['node-777']);
    expect(screen.getByText('1 member found')).toBeTruthy();
    type('Search by name or key', 'ffff');
    expect(screen.getByText('No member has such a name or key. Look for a part of it.')).toBeTruthy();
    type('Search by name or key', '0000 02a7');
    expect(names()).toEqual(['node-679']);
  });
});
