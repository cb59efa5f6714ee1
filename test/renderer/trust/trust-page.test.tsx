import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { TrustPage } from '../../../renderer/features/trust/trust-page.tsx';
import { renderScreen } from '../../builders/render-screen.tsx';
import { anchorKey, applicationView, membershipView, trustView } from '../../builders/trust-view.ts';
import { createFakeClient } from '../../doubles/client.ts';
import { day, entry, hour, member, open, press } from './open-trust.tsx';

describe('alone', () => {
  it('says so, leads to joining and shows name, words and key', async () => {
    const { state } = open(trustView());
    expect(await screen.findByText('This computer works alone')).toBeTruthy();
    expect(screen.getByText('c'.repeat(64))).toBeTruthy();
    expect(screen.getByText('Only you can stop the agents on this computer.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Renew now' })).toBeNull();
    await press('Join a hive');
    expect(state().screen).toEqual({ kind: 'join' });
  });
});

describe('joining', () => {
  it.each([
    ['unconfirmed', 'Whom to trust is not confirmed yet'],
    ['applying', 'Joining a hive'],
    ['pending', 'A steward of the hive has to agree'],
    ['failed', 'The hive was not joined'],
  ] as const)('%s: says where it stands and leads to the page of joining', async (phase, title) => {
    const obstacle =
      phase === 'failed' ? ({ kind: 'refused', code: 'invite-used', said: null, sentence: 'raw' } as const) : null;
    const { state } = open(trustView({ application: applicationView({ phase, obstacle }) }));
    expect(await screen.findByText(title)).toBeTruthy();
    expect(screen.queryByText('This computer works alone')).toBeNull();
    if (phase === 'failed') expect(screen.getByText(/The invite has been used/)).toBeTruthy();
    await press('Show joining');
    expect(state().screen).toEqual({ kind: 'join' });
  });
});

describe('ended', () => {
  it('says who revoked it and why, and what can be done', async () => {
    const ended = { kind: 'revoked', reason: 'the laptop was lost', at: Date.now() - hour } as const;
    open(member({ ended, renewsAt: null }));
    expect(await screen.findByText(/The hive has revoked it: the laptop was lost/)).toBeTruthy();
    expect(screen.getByText(/It was a member of the hive Test hive until/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Leave the hive …' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Join again' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Renew now' })).toBeNull();
    expect(screen.getByText('Only you can stop the agents on this computer.')).toBeTruthy();
  });

  it('leads to joining again where the certificate ended too long ago', async () => {
    const { state } = open(member({ ended: { kind: 'lapsed', reason: '', at: Date.now() - hour }, renewsAt: null }));
    expect(await screen.findByText(/ended too long ago to be renewed by itself/)).toBeTruthy();
    await press('Join again');
    expect(state().screen).toEqual({ kind: 'join' });
  });
});

describe('in a hive', () => {
  it('draws the chain from the anchor to this computer, with words and time left', async () => {
    open(member());
    const chain = await screen.findByRole('list', { name: 'Who vouches for whom' });
    const cards = within(chain).getAllByRole('listitem');
    expect(cards.map(({ textContent }) => textContent?.replaceAll(/\s+/g, ' '))).toEqual([
      expect.stringContaining(
        'Hive anchor, held by centralTest hiveocean tulip radar sugar You joined by these words on',
      ),
      expect.stringContaining('Regionalthe regionalmaple river sudden oak'),
      expect.stringContaining('This computer · locallaptopown words of node'),
    ]);
    expect(within(chain).getAllByRole('progressbar', { name: 'Time left' })).toHaveLength(2);
    expect(cards[2]?.textContent).toContain('renews itself on');
    expect(cards[1]?.textContent).not.toContain('renews itself');
    expect(screen.getByText(anchorKey)).toBeTruthy();
  });

  it('says how much of the time is left', async () => {
    const { certificate } = membershipView();
    const from = new Date(Date.now() - 3 * day).toISOString().replace(/\.\d+Z$/, '+00:00');
    const until = new Date(Date.now() + day).toISOString().replace(/\.\d+Z$/, '+00:00');
    open(member({ certificate: { ...certificate, issued_at: from, expires_at: until } }));
    const bars = await screen.findAllByRole('progressbar', { name: 'Time left' });
    expect(bars.at(-1)?.getAttribute('aria-valuetext')).toBe('25 % of its time is left');
  });

  it('names two cards and offers neither renewal nor leaving at central', async () => {
    open(member({ tier: 'central', issuers: [], issuerWords: [], parent: null, mayIssue: true }));
    const chain = await screen.findByRole('list', { name: 'Who vouches for whom' });
    expect(within(chain).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Renew now' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Leave the hive …' })).toBeNull();
    expect(screen.getByText(/Its signer renews the certificate by itself/)).toBeTruthy();
  });

  it('says what the certificate allows, when it was renewed and when its parent proved itself', async () => {
    open(member({}, { history: [entry()] }), {
      hive: {
        name: 'Test hive',
        anchor: anchorKey,
        parentUrl: 'https://regional.example:6776',
        parentVerifiedAt: Date.now() - 20 * 60_000,
        certificateEndsAt: null,
        mayIssue: false,
        address: null,
        isInsecureLab: false,
        isMasterKeyHere: false,
      },
    });
    expect(await screen.findByText('speak with other members, take and give tasks')).toBeTruthy();
    expect(screen.getByText(', took 38 ms')).toBeTruthy();
    expect(await screen.findByText('20 min ago')).toBeTruthy();
  });

  it('takes a renewal of an earlier membership for none of this one', async () => {
    const joined = entry({ kind: 'joined', at: Date.now() - hour, tookMs: 50 });
    const before = entry({ at: Date.now() - 20 * day, tookMs: 38 });
    open(member({}, { history: [joined, before] }));
    expect(await screen.findByText('None yet, this is the first certificate')).toBeTruthy();
    expect(screen.queryByText(', took 38 ms')).toBeNull();
  });

  it('takes the newest renewal since it joined', async () => {
    const joined = entry({ kind: 'joined', at: Date.now() - 3 * day, tookMs: 50 });
    const before = entry({ at: Date.now() - 20 * day, tookMs: 38 });
    open(member({}, { history: [entry({ tookMs: 41 }), joined, before] }));
    expect(await screen.findByText(', took 41 ms')).toBeTruthy();
  });

  it('does not call a certificate the first one that was renewed before there was a history', async () => {
    open(member({ joinedAt: Date.now() - 3 * day, issuedAt: Date.now() - 2 * hour }));
    expect(await screen.findByText('2 h ago')).toBeTruthy();
    expect(screen.queryByText(/this is the first certificate/)).toBeNull();
  });
});

describe('history', () => {
  it('shows five, and all when asked', async () => {
    const history = Array.from({ length: 8 }, (_, place) => entry({ at: Date.now() - place * day - hour }));
    open(member({}, { history }));
    const more = await screen.findByRole('button', { name: 'Show all 8' });
    expect(screen.getAllByText('The certificate was renewed')).toHaveLength(5);
    fireEvent.click(more);
    expect(screen.getAllByText('The certificate was renewed')).toHaveLength(8);
    expect(screen.getByRole('button', { name: 'Show fewer' })).toBeTruthy();
  });

  it('says what was in the way, and how often', async () => {
    const obstacle = { kind: 'unreachable', code: 'dns', said: null } as const;
    open(member({}, { history: [entry({ kind: 'renewal-failed', obstacle, times: 12 })] }));
    expect(await screen.findByText('The certificate was not renewed')).toBeTruthy();
    expect(screen.getByText(/The name in the issuer’s address is not known/)).toBeTruthy();
    expect(screen.getByText(/12 times in a row/)).toBeTruthy();
  });

  it.each(['joined', 'renewed', 'renewal-failed', 'join-failed', 'moved', 'left', 'ended'] as const)(
    'has words for %s',
    async (kind) => {
      open(trustView({ history: [entry({ kind })] }));
      await screen.findByRole('heading', { name: 'History' });
      expect(document.body.textContent).not.toMatch(/trust\.|\{\{/);
    },
  );
});

describe('what is not as it should be', () => {
  it.each([
    ['a clock', member({ clockOffsetMs: 5 * 60_000 }), /It is 5 minutes behind the hive’s/],
    ['an insecure lab', trustView({ isInsecureLab: true }), /Connections of this hive are not encrypted/],
    ['a master key', trustView({ isMasterKeyHere: true }), /Whoever takes over this process takes over the hive/],
    [
      'a renewal',
      member({ renewalObstacle: { kind: 'refused', code: 'try-later', said: null, sentence: 'raw' } }),
      /it is tried again by itself. The issuer cannot issue just now/,
    ],
  ] as const)('is said with its consequence: %s', async (_, trust, sentence) => {
    open(trust);
    expect((await screen.findByText(sentence)).textContent).not.toContain('raw');
  });

  it('is said of a federation key that is not the hive’s', async () => {
    open(member(), { reasons: [{ kind: 'federation-key-differs', since: 1, fix: 'check' }] });
    expect(await screen.findByText(/HART_NODE_KEY is not the key of the hive/)).toBeTruthy();
  });

  it('is silent where all is well', async () => {
    open(member());
    await screen.findByRole('list', { name: 'Who vouches for whom' });
    expect(screen.queryByText(/clock is wrong|did not work|not encrypted|master key/)).toBeNull();
  });
});

it('says why there is nothing to show', async () => {
  const client = createFakeClient();
  renderScreen(<TrustPage />, client, { kind: 'trust' });
  await waitFor(() => expect(client.watching('trust.watch')).toBe(1));
  act(() => client.end('trust.watch', { kind: 'disconnected' }));
  expect(screen.getByText(/The connection to Nunba’s runtime is gone/)).toBeTruthy();
});
