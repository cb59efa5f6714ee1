import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { PictureReading } from '../../../renderer/features/join/read-qr-picture.ts';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';
import { anchorKey, applicationView, membershipView, trustView } from '../../builders/trust-view.ts';
import {
  aPicture,
  button,
  enter,
  enterLink,
  link,
  noCode,
  open,
  paste,
  press,
  progress,
  review,
  title,
} from './open-join-page.tsx';

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
    await button('By a QR code or an address …');
    paste(document.body, { text: `Join us: ${link}\nAnna` });
    expect(await title('Join hive Lakeside?')).toBeDefined();
    expect(client.inputs('trust.review')).toEqual([{ link }]);
  });

  it('may be dropped', async () => {
    open();
    fireEvent.drop(await button('By a QR code or an address …'), { dataTransfer: { files: [], getData: () => link } });
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
    const words = within(screen.getByRole('group', { name: 'Four words of the hive' }));
    for (const word of review().anchorWords) expect(words.getByText(word)).toBeDefined();
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
