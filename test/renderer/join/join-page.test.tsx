import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { JoinReview, TrustView } from '../../../node-core/api/trust-views.ts';
import { joinStepNames } from '../../../node-core/api/trust-views.ts';
import { JoinPage } from '../../../renderer/features/join/join-page.tsx';
import type { PictureReading } from '../../../renderer/features/join/read-qr-picture.ts';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';
import { type RenderedScreen, renderScreen } from '../../builders/render-screen.tsx';
import { anchorKey, applicationView, membershipView, trustView } from '../../builders/trust-view.ts';
import { createFakeClient, type FakeClient, type FakeScript } from '../../doubles/client.ts';

const link = `nunba://join?at=https%3A%2F%2Fcentral.example&anchor=${anchorKey}&tier=regional&name=Lakeside`;

function review(part: Partial<JoinReview> = {}): JoinReview {
  return {
    at: 'https://central.example:6776',
    anchor: anchorKey,
    anchorWords: ['orbit', 'lunar', 'candy', 'frost'],
    tier: 'regional',
    hiveName: 'Lakeside',
    hasInvite: true,
    tls: 'b'.repeat(64),
    ...part,
  };
}

interface Opened {
  readonly client: FakeClient;
  readonly page: RenderedScreen;
}

const noCode: PictureReading = { kind: 'none', problem: 'no-code' };

function open(trust: Partial<TrustView> = {}, calls: FakeScript['calls'] = {}, picture = noCode): Opened {
  const provider = aProvider();
  const model = aModel(provider, 'qwen3-4b');
  const chosen = { model, reason: 'only-one', providerName: 'Ollama' } as const;
  const client = createFakeClient({
    first: { 'trust.watch': trustView(trust), 'models.watch': modelsView({ chosen }) },
    calls: { 'trust.review': () => review(), 'trust.join': () => ({}), 'trust.cancel': () => ({}), ...calls },
  });
  return { client, page: renderScreen(<JoinPage readPicture={async () => picture} />, client, { kind: 'join' }) };
}

const title = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
const button = (name: string) => screen.findByRole('button', { name });
const press = async (name: string) => fireEvent.click(await button(name));
const paste = (target: Element, data: { text?: string; files?: File[] }) =>
  fireEvent.paste(target, { clipboardData: { files: data.files ?? [], getData: () => data.text ?? '' } });
const aPicture = () => new File(['x'], 'code.png', { type: 'image/png' });

async function enter(): Promise<HTMLElement> {
  await press('Join a hive');
  return screen.findByLabelText('Invite link');
}

async function enterLink(text: string): Promise<void> {
  const field = await enter();
  fireEvent.change(field, { target: { value: text } });
  fireEvent.submit(field);
}

type StepState = NonNullable<TrustView['join']>['steps'][number]['state'];

/** Steps of which the first ones are done, and the next is as it is said. */
function progress(doneCount: number, next: 'running' | 'failed' | 'waiting'): NonNullable<TrustView['join']> {
  const stateOf = (place: number): StepState => (place < doneCount ? 'done' : place === doneCount ? next : 'waiting');
  const tookOf = (place: number) => (place < doneCount ? 4 + place : null);
  const steps = joinStepNames.map((name, place) => ({ name, state: stateOf(place), tookMs: tookOf(place) }));
  return { at: 'https://central.example:6776', hiveName: 'Lakeside', startedAt: 0, steps } as const;
}

describe('the choice', () => {
  it('marks that this computer works alone, and says who receives what is written', async () => {
    open();
    const way = (await screen.findByRole('heading', { name: 'Just this computer' })).closest('section');
    const flat = within(way ?? document.body);
    expect(flat.getByText('This is how it is now')).toBeDefined();
    expect(await flat.findByText(/Your messages go to Ollama on this computer/)).toBeDefined();
  });

  it('says it of a model on the internet as well', async () => {
    const { client } = open();
    const provider = aProvider({ location: { kind: 'cloud', host: 'api.example.com' } });
    const chosen = { model: aModel(provider, 'big'), reason: 'only-one', providerName: 'Cloud' } as const;
    await screen.findByText(/Your messages go to Ollama/);
    act(() => client.emit('models.watch', modelsView({ chosen })));
    expect(screen.getByText(/Your messages go to api.example.com on the internet/)).toBeDefined();
  });

  it('says that a membership has ended, and lets join anew', async () => {
    open({ membership: membershipView({ ended: { kind: 'revoked', reason: 'x', at: 1 } }) });
    expect(await screen.findByText(/This computer is not in Test hive any more/)).toBeDefined();
    expect(screen.queryByText('This is how it is now')).toBeNull();
    expect(await enter()).toBeDefined();
  });
});

describe('a link', () => {
  it('is reviewed before anything is sent, and the focus is on the title', async () => {
    const { client } = open();
    await enterLink(`  ${link}  `);
    const heading = await title('Join hive Lakeside?');
    expect(document.activeElement).toBe(heading);
    expect(client.inputs('trust.review')).toEqual([{ link }]);
    expect(client.inputs('trust.join')).toEqual([]);
  });

  it('that is none is refused with a sentence, beside the field', async () => {
    const { client } = open();
    await enterLink('hello');
    expect((await screen.findByRole('alert')).textContent).toMatch(/^This is not a link to join a hive: .*nunba:\/\//);
    expect(client.inputs('trust.review')).toEqual([]);
  });

  it('that was cut is refused with what is wrong', async () => {
    open();
    await enterLink(link.replace(anchorKey, 'aaaa'));
    expect((await screen.findByRole('alert')).textContent).toMatch(/the key that it says to trust is none/);
  });

  it('may be pasted anywhere, also from the choice, and within a message', async () => {
    const { client } = open();
    await button('Join a hive');
    paste(document.body, { text: `Join us: ${link}\nAnna` });
    expect(await title('Join hive Lakeside?')).toBeDefined();
    expect(client.inputs('trust.review')).toEqual([{ link }]);
  });

  it('may be dropped', async () => {
    open();
    fireEvent.drop(await button('Join a hive'), { dataTransfer: { files: [], getData: () => link } });
    expect(await title('Join hive Lakeside?')).toBeDefined();
  });

  it('is not seen in other text that is pasted: in a field it stays, elsewhere it is said', async () => {
    open();
    const field = await enter();
    paste(field, { text: 'central.example' });
    expect(screen.queryByRole('alert')).toBeNull();
    paste(document.body, { text: 'central.example' });
    expect((await screen.findByRole('alert')).textContent).toMatch(/^This is not a link to join a hive/);
  });
});

describe('a picture', () => {
  it('with a code of a link is reviewed', async () => {
    const { client } = open({}, {}, { kind: 'text', text: link });
    await enter();
    fireEvent.change(screen.getByLabelText('Choose a picture with a QR code', { selector: 'input' }), {
      target: { files: [aPicture()] },
    });
    expect(await title('Join hive Lakeside?')).toBeDefined();
    expect(client.inputs('trust.review')).toEqual([{ link }]);
  });

  it.each<[PictureReading, RegExp]>([
    [noCode, /^No QR code was found/],
    [{ kind: 'none', problem: 'too-large' }, /larger than 20 MB/],
    [{ kind: 'none', problem: 'not-a-picture' }, /not a picture that can be read/],
    [{ kind: 'text', text: 'https://example.org' }, /is none to join a hive by/],
  ])('that says %j is refused with a sentence', async (reading, sentence) => {
    open({}, {}, reading);
    await enter();
    paste(document.body, { files: [aPicture()] });
    expect((await screen.findByRole('alert')).textContent).toMatch(sentence);
  });
});

describe('the review', () => {
  it('says which hive, whom to trust, and what it shares and allows', async () => {
    open();
    await enterLink(link);
    await title('Join hive Lakeside?');
    expect(screen.getByText('calls itself “Lakeside”')).toBeDefined();
    expect(screen.getByText('central.example:6776')).toBeDefined();
    expect(screen.getByText('its certificate is pinned by the link')).toBeDefined();
    const words = within(screen.getByRole('list', { name: 'Four words of the hive' }));
    expect(words.getAllByRole('listitem').map((item) => item.textContent)).toEqual(review().anchorWords);
    expect(screen.getByText(/read you these four words. If they differ, stop here/)).toBeDefined();
    expect(screen.getByText('regional: central is its parent')).toBeDefined();
    expect(screen.getByText('yes, it is in the link')).toBeDefined();
    expect(screen.getByText(/name, “laptop”, and its public key/)).toBeDefined();
    expect(screen.getByText('other members: nothing by default')).toBeDefined();
    expect(screen.getByText(/stewards can stop all agents on this computer, your own chats too, until/)).toBeDefined();
    expect(screen.getByText(/stewards can end this membership/)).toBeDefined();
    expect(screen.getByText(/chats, files and model keys: joining sends none/)).toBeDefined();
    const key = screen.getByText(anchorKey);
    expect(key.closest('[hidden]')).not.toBeNull();
    await press('Show the whole key');
    expect(key.closest('[hidden]')).toBeNull();
  });

  it('says what is otherwise: no name, no pin, no invite, another tier', async () => {
    open({}, { 'trust.review': () => review({ hiveName: null, tls: null, hasInvite: false, tier: 'local' }) });
    await enterLink(link);
    expect(await title('Join a hive without a name?')).toBeDefined();
    expect(screen.getByText('its certificate is vouched for by the system')).toBeDefined();
    expect(screen.getByText('none, so a steward has to agree')).toBeDefined();
    expect(screen.getByText('local: the regional server is its parent')).toBeDefined();
  });

  it('says that nothing is encrypted on this computer', async () => {
    open({}, { 'trust.review': () => review({ at: 'http://127.0.0.1:6776', tls: null }) });
    await enterLink(link);
    expect(await screen.findByText('without encryption, on this computer alone')).toBeDefined();
  });

  it('shows a name that is markup as the letters it is', async () => {
    open({}, { 'trust.review': () => review({ hiveName: '<img src=x onerror=alert(1)>' }) });
    await enterLink(link);
    expect(await title('Join hive <img src=x onerror=alert(1)>?')).toBeDefined();
    expect(document.querySelector('img')).toBeNull();
  });

  it('joins with the click on Join, and shows what the node then says', async () => {
    const { client, page } = open();
    await enterLink(link);
    await press('Join');
    expect(await screen.findByText('Beginning to join …')).toBeDefined();
    expect(client.inputs('trust.join')).toEqual([{ link }]);
    act(() => client.emit('trust.watch', trustView({ application: applicationView(), join: progress(1, 'running') })));
    expect(await title('Joining Test hive')).toBeDefined();
    expect(page.state().joinGoal).toBeNull();
    act(() => client.emit('trust.watch', trustView()));
    expect(await title('Join a hive')).toBeDefined();
  });

  it('stays, with the cause, where the node refuses', async () => {
    const refuse = () => {
      throw new FailureError({ kind: 'tier-contradiction', folderTier: 'local', askedTier: 'regional' });
    };
    open({}, { 'trust.join': refuse });
    await enterLink(link);
    await press('Join');
    expect((await screen.findByRole('alert')).textContent).toMatch(/belongs to a local node/);
    expect(await button('Join')).toBeDefined();
  });

  it('is left by Cancel, and sends nothing', async () => {
    const { client, page } = open();
    await enterLink(link);
    await button('Join');
    await press('Cancel');
    expect(await title('Join a hive')).toBeDefined();
    expect(client.inputs('trust.join')).toEqual([]);
    expect(page.state().joinGoal).toBeNull();
  });

  it('of a link that the node refuses says why', async () => {
    const refuse = () => {
      throw new FailureError({ kind: 'link-invalid', defect: 'said-twice', reason: 'x' });
    };
    open({}, { 'trust.review': refuse });
    await enterLink(link);
    expect((await screen.findByRole('alert')).textContent).toMatch(/it says something twice/);
    expect(screen.queryByRole('button', { name: 'Join' })).toBeNull();
  });
});

describe('an address', () => {
  const fill = async (address: string, words: string) => {
    await enter();
    await press('I have only an address');
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
    expect(screen.getByText('You can close this; Nunba goes on waiting and tells you.')).toBeDefined();
    const words = within(screen.getByRole('list', { name: /four words of this computer/ }));
    expect(words.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['own', 'words', 'of', 'node']);
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
