import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { JoinPage } from '../../../renderer/features/join/join-page.tsx';
import { shortTime } from '../../../renderer/messages/time.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { applicationView, membershipView, trustView } from '../../builders/trust-view.ts';
import { createFakeClient } from '../../doubles/client.ts';
import { button, enter, link, open, paste, press, progress, title } from './open-join-page.tsx';

describe('an address', () => {
  const fill = async (address: string, words: string, tier = /^Central/) => {
    await enter();
    await press('I have only an address');
    fireEvent.click(screen.getByRole('radio', { name: tier }));
    fireEvent.change(screen.getByLabelText('Address of the server'), { target: { value: address } });
    const field = screen.getByLabelText(/^Four words of the hive, if/);
    fireEvent.change(field, { target: { value: words } });
    fireEvent.submit(field);
  };

  it('alone is asked which hive it is of', async () => {
    const { client } = open({}, { 'trust.joinAddress': () => ({}) });
    await fill(' https://central.example ', '');
    await waitFor(() => expect(client.inputs('trust.joinAddress')).toHaveLength(1));
    expect(client.inputs('trust.joinAddress')).toEqual([
      { address: 'https://central.example', tier: 'regional', words: null },
    ]);
  });

  it('with its words is joined after what it means was shown, because nobody is asked later', async () => {
    const { client } = open({}, { 'trust.joinAddress': () => ({}) });
    await fill('https://central.example', 'orbit lunar candy frost');
    expect(await title('Join the hive of central.example?')).toBeDefined();
    expect(screen.getByText(/stewards can stop all agents/)).toBeDefined();
    expect(client.inputs('trust.joinAddress')).toEqual([]);
    await press('Join');
    expect(client.inputs('trust.joinAddress')).toEqual([
      { address: 'https://central.example', tier: 'regional', words: 'orbit lunar candy frost' },
    ]);
  });

  it('is still there when its review is gone back from', async () => {
    open();
    await fill('https://hub.example', 'orbit lunar candy frost', /A regional server/);
    await title('Join the hive of hub.example?');
    await press('Back');
    expect(await screen.findByLabelText('Address of the server')).toHaveProperty('value', 'https://hub.example');
    expect((await button('I have only an address')).getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByLabelText(/^Four words of the hive, if/)).toHaveProperty('value', 'orbit lunar candy frost');
    expect(screen.getByRole('radio', { name: /A regional server/ })).toHaveProperty('checked', true);
  });

  it('that is none is not said of a link that is reviewed after it', async () => {
    const refuse = () => {
      throw new FailureError({ kind: 'invalid-input', field: 'address', reason: 'not an address' });
    };
    open({}, { 'trust.joinAddress': refuse });
    await fill('x', '');
    await screen.findByRole('alert');
    paste(document.body, { text: link });
    await title('Join hive Lakeside?');
    expect(screen.queryByRole('alert')).toBeNull();
    await press('Cancel');
    await enter();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('that is none stays, with the cause', async () => {
    const refuse = () => {
      throw new FailureError({ kind: 'invalid-input', field: 'address', reason: 'not an address' });
    };
    open({}, { 'trust.joinAddress': refuse });
    await fill('x', '');
    expect((await screen.findByRole('alert')).textContent).toMatch(/not an address/);
  });
});

describe('words to compare', () => {
  const unconfirmed = (statedWords: string[] | null, more: Partial<ReturnType<typeof applicationView>> = {}) => ({
    application: applicationView({ phase: 'unconfirmed', anchor: null, anchorWords: null, statedWords, ...more }),
  });
  const stated = ['orbit', 'lunar', 'candy', 'frost'];

  it('are asked for first, and what hinders that is said', async () => {
    const obstacle = { kind: 'unreachable', code: 'refused', said: null, sentence: 'x' } as const;
    const { client } = open(unconfirmed(null, { obstacle, nextTryAt: Date.now() + 30_000 }));
    expect(await screen.findByText('Asking central.example:6776 which hive it is of …')).toBeDefined();
    expect(screen.getByText(/Nothing listens at the issuer’s address/)).toBeDefined();
    expect(screen.getByText(/^Next try in \d+ s\.$/)).toBeDefined();
    await press('Cancel');
    expect(client.inputs('trust.cancel')).toEqual([{}]);
  });

  it('are confirmed as they are shown', async () => {
    const { client } = open(unconfirmed(stated), { 'trust.confirm': () => ({}) });
    const heading = await title('Are these the words that you were told?');
    expect(document.activeElement).toBe(heading);
    expect(screen.getByText(/stewards can stop all agents/)).toBeDefined();
    await press('They are the same: join');
    expect(client.inputs('trust.confirm')).toEqual([{ words: 'orbit lunar candy frost' }]);
  });

  it('that differ end it', async () => {
    const { client } = open(unconfirmed(stated));
    await press('They differ: stop');
    expect(client.inputs('trust.cancel')).toEqual([{}]);
    expect(client.inputs('trust.confirm')).toEqual([]);
  });

  it('that cannot be asked for at once are said to be so', async () => {
    const obstacle = { kind: 'unreachable', code: 'refused', said: null, sentence: 'x' } as const;
    const refuse = () => {
      throw new FailureError({ kind: 'disconnected' });
    };
    open(unconfirmed(null, { obstacle, nextTryAt: Date.now() + 30_000 }), { 'trust.retry': refuse });
    await press('Try now');
    expect((await screen.findAllByText(/connection to Nunba’s runtime is gone/)).length).toBeGreaterThan(0);
  });

  it('that changed in the meantime are refused with a sentence', async () => {
    const refuse = () => {
      throw new FailureError({ kind: 'words-differ', stated: 'other words of another' });
    };
    open(unconfirmed(stated), { 'trust.confirm': refuse });
    await press('They are the same: join');
    expect((await screen.findByRole('alert')).textContent).toMatch(/These are not the words of that hive/);
  });
});

describe('the live list', () => {
  const rows = async () => {
    const list = await screen.findByRole('list', { name: 'Steps of joining' });
    return within(list)
      .getAllByRole('listitem')
      .map((row) => row.textContent);
  };

  it('names each step with its state and time, and is read out when there is quiet', async () => {
    const { client } = open({ application: applicationView(), join: progress(2, 'running') });
    expect(await rows()).toEqual([
      'Keys ready: done4 ms',
      'Central reached: done5 ms',
      'Central proved that it is the hive’s: under way',
      'Challenge answered: not yet',
      'Certificate received: not yet',
      'Federation key set: not yet',
      'Central answers signed requests: not yet',
    ]);
    expect(screen.getByRole('list', { name: 'Steps of joining' }).getAttribute('aria-live')).toBe('polite');
    act(() => client.emit('trust.watch', trustView({ application: applicationView(), join: progress(3, 'running') })));
    expect((await rows())[2]).toBe('Central proved that it is the hive’s: done6 ms');
  });

  it('says the cause at the step that stands still, and when it is tried again', async () => {
    const obstacle = { kind: 'unreachable', code: 'dns', said: null, sentence: 'x' } as const;
    const application = applicationView({ tier: 'local', obstacle, nextTryAt: Date.now() + 600_000 });
    open({ application, join: progress(1, 'failed') });
    const row = (await rows())[1] ?? '';
    expect(row).toMatch(
      /^The regional server reached: failed.*The name in the issuer’s address is not known.*10 min\./,
    );
  });

  it('is cancelled', async () => {
    const { client } = open({ application: applicationView(), join: progress(1, 'running') });
    await press('Cancel');
    expect(client.inputs('trust.cancel')).toEqual([{}]);
  });

  it('is a sentence where another process began it', async () => {
    open({ application: applicationView() });
    expect(await screen.findByText('Beginning to join …')).toBeDefined();
  });
});

describe('a steward who decides', () => {
  it('is waited for in calm, with the words of this computer', async () => {
    const { client } = open({
      application: applicationView({ phase: 'pending', since: Date.now() - 120_000 }),
      join: progress(4, 'running'),
    });
    expect(await screen.findByText('Waiting for a steward to agree')).toBeDefined();
    expect(screen.getByText('2 min ago')).toBeDefined();
    expect(
      screen.getByText('You can leave this page: Nunba goes on waiting while it runs, and after a restart.'),
    ).toBeDefined();
    const words = within(screen.getByRole('group', { name: /four words of this computer/ }));
    for (const word of ['own', 'words', 'of', 'node']) expect(words.getByText(word)).toBeDefined();
    expect(screen.queryByText('Certificate received')).toBeNull();
    await press('Cancel the request');
    expect(client.inputs('trust.cancel')).toEqual([{}]);
  });

  it('is waited for after a restart as well', async () => {
    open({ application: applicationView({ phase: 'pending', since: 1 }) });
    expect(await screen.findByText('Waiting for a steward to agree')).toBeDefined();
  });
});

describe('the end', () => {
  const obstacle = { kind: 'refused', code: 'rejected', said: 'We do not know you', sentence: 'x' } as const;

  it('is the hive, what changed, and where to go on', async () => {
    const membership = membershipView({ hiveName: 'Lakeside', expiresAt: Date.UTC(2026, 5, 3, 12) });
    const { page } = open({ membership, join: progress(7, 'waiting') });
    const heading = await title('You are in Lakeside');
    expect(document.activeElement).toBe(heading);
    expect(screen.getByText(/From now on its stewards can stop the agents on this computer/)).toBeDefined();
    expect(screen.getByText(/Joining sent no chats, files or model keys/)).toBeDefined();
    expect(screen.getByText(/^until Jun 3, 2026/)).toBeDefined();
    await press('Back to chat');
    expect(page.state().screen).toEqual({ kind: 'chat', conversationId: null });
    await press('See who can read what');
    expect(page.state().screen).toEqual({ kind: 'trust' });
  });

  it('is a cause and what to do, and another try goes on with another link', async () => {
    const { client } = open({
      application: applicationView({ phase: 'failed', obstacle }),
      join: progress(4, 'failed'),
    });
    expect(await title('This computer did not join Test hive')).toBeDefined();
    expect(screen.getByText(/stewards have rejected this node.*It says: “We do not know you”/)).toBeDefined();
    await press('Try again');
    expect(await screen.findByLabelText('Invite link')).toHaveProperty('value', '');
    expect(client.inputs('trust.cancel')).toEqual([]);
    await press('Cancel');
    await press('Cancel');
    expect(client.inputs('trust.cancel')).toEqual([{}]);
  });

  it('tells its times by the clock of this computer', async () => {
    const joinedAt = Date.now() - 65 * 60_000;
    const part = { joinedAt, expiresAt: Date.UTC(2026, 5, 3, 0, 30), clockOffsetMs: -60 * 60_000 };
    open({ membership: membershipView(part), join: progress(7, 'waiting') });
    expect(await screen.findByText('5 min ago')).toBeDefined();
    const until = shortTime(part.expiresAt + 60 * 60_000, 'en');
    expect(screen.getByText(`until ${until}`)).toBeDefined();
  });

  it('says where what was pasted is no link', async () => {
    open({ application: applicationView({ phase: 'failed', obstacle }) });
    await button('Try again');
    paste(document.body, { text: 'hello' });
    expect(await screen.findByText(/^This is not a link to join a hive/)).toBeDefined();
  });

  it('without a cause says what to do', async () => {
    open({ application: applicationView({ phase: 'failed' }) });
    expect(await screen.findByText(/It is not known why/)).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is told after a restart as well', async () => {
    open({ application: applicationView({ phase: 'failed', obstacle }) });
    expect(await screen.findByText(/stewards have rejected this node/)).toBeDefined();
  });
});

it('says why it does not know whether this computer is in a hive', async () => {
  const client = createFakeClient();
  renderScreen(<JoinPage />, client, { kind: 'join' });
  expect(await screen.findByText('Looking whether this computer is in a hive …')).toBeDefined();
  act(() => client.end('trust.watch', { kind: 'bug', incident: '1234' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(/1234/);
});
