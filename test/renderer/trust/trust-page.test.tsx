import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { StatusView } from '../../../node-core/api/node-views.ts';
import type { HistoryEntry, TrustView } from '../../../node-core/api/trust-views.ts';
import { TrustPage } from '../../../renderer/features/trust/trust-page.tsx';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { statusView } from '../../builders/status-view.ts';
import { anchorKey, applicationView, membershipView, trustView } from '../../builders/trust-view.ts';
import { createFakeClient } from '../../doubles/client.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

function open(trust: TrustView, status: Partial<StatusView> = {}, models = modelsView()) {
  const client = createFakeClient({
    first: { 'trust.watch': trust, 'status.watch': statusView(status), 'models.watch': models },
  });
  const page = renderScreen(<TrustPage />, client, { kind: 'trust' });
  return { client, state: page.state };
}

/** A member whose certificate has most of its time before it. */
const member = (part: Parameters<typeof membershipView>[0] = {}, more: Partial<TrustView> = {}): TrustView => {
  const now = Date.now();
  return trustView({
    ...more,
    membership: membershipView({
      joinedAt: now - hour,
      issuedAt: now - hour,
      expiresAt: now + 2 * day,
      renewsAt: now + day,
      ...part,
    }),
  });
};

const entry = (part: Partial<HistoryEntry> = {}): HistoryEntry => ({
  at: Date.now() - hour,
  kind: 'renewed',
  hiveName: 'Test hive',
  issuer: 'regional.example:6776',
  tookMs: 38,
  certificateEndsAt: null,
  obstacle: null,
  times: 1,
  ...part,
});

const press = async (name: string): Promise<void> => {
  fireEvent.click(await screen.findByRole('button', { name }));
};

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
        anchor: anchorKey,
        parentUrl: 'https://regional.example:6776',
        parentVerifiedAt: Date.now() - 20_000,
        certificateEndsAt: null,
        mayIssue: false,
        address: null,
        isInsecureLab: false,
        isMasterKeyHere: false,
      },
    });
    expect(await screen.findByText('speak with other members, take and give tasks')).toBeTruthy();
    expect(screen.getByText(', took 38 ms')).toBeTruthy();
    expect(await screen.findByText('20 s ago')).toBeTruthy();
  });

  it('does not call a certificate the first one that was renewed before there was a history', async () => {
    open(member({ joinedAt: Date.now() - 3 * day, issuedAt: Date.now() - 2 * hour }));
    expect(await screen.findByText('2 h ago')).toBeTruthy();
    expect(screen.queryByText(/this is the first certificate/)).toBeNull();
  });
});

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

describe('who can read what', () => {
  it('changes with the model', async () => {
    const cloud = aProvider({
      id: 'far',
      name: 'Far',
      url: 'https://models.example/v1',
      location: { kind: 'cloud', host: 'models.example' },
    });
    const local = aProvider();
    const chosen = { model: aModel(local, 'qwen'), providerName: 'Ollama', reason: 'chosen-as-default' } as const;
    const { client } = open(member(), {}, modelsView({ providers: [local, cloud], chosen }));
    expect(await screen.findByText(/Ollama on this computer reads/)).toBeTruthy();
    expect(screen.getByText(/sends to that model’s place instead: models.example/)).toBeTruthy();
    const far = { model: aModel(cloud, 'big'), providerName: 'Far', reason: 'chosen-as-default' } as const;
    act(() => client.emit('models.watch', modelsView({ providers: [local, cloud], chosen: far })));
    expect(screen.getByText(/models.example on the internet receives/)).toBeTruthy();
    expect(screen.queryByText(/place instead/)).toBeNull();
  });

  it('names the stewards, the parent and the pause', async () => {
    open(member(), { reasons: [{ kind: 'paused-by-person', since: 1, fix: 'resume' }] });
    expect(await screen.findByText(/so can the hive’s stewards: all of them, your own chats too/)).toBeTruthy();
    expect(screen.getByText(/^regional.example knows this computer’s name/)).toBeTruthy();
    expect(screen.getByText(/You have paused them/)).toBeTruthy();
  });

  it('does not forget that a hive keeps a record of who has left', async () => {
    open(trustView({ history: [entry({ kind: 'left' })] }));
    expect(await screen.findByText(/A hive that this computer was in keeps its name/)).toBeTruthy();
    expect(screen.queryByText(/tells no other node/)).toBeNull();
  });

  it('does not call a computer unknown whose join failed', async () => {
    open(trustView({ application: applicationView({ phase: 'failed' }) }));
    expect(await screen.findByText(/^central.example knows this computer’s name/)).toBeTruthy();
  });

  it('names the program that copies the chats elsewhere', async () => {
    const check = { code: 'disk', verdict: 'noted', finding: 'synchronised', values: { program: 'Dropbox' } } as const;
    open(trustView(), { checks: [{ ...check, reason: null, lookedAt: 1, under: null }] });
    expect(await screen.findByText(/Dropbox copies them elsewhere/)).toBeTruthy();
  });
});

it('says why there is nothing to show', async () => {
  const client = createFakeClient();
  renderScreen(<TrustPage />, client, { kind: 'trust' });
  await waitFor(() => expect(client.watching('trust.watch')).toBe(1));
  act(() => client.end('trust.watch', { kind: 'disconnected' }));
  expect(screen.getByText(/The connection to Nunba’s runtime is gone/)).toBeTruthy();
});
