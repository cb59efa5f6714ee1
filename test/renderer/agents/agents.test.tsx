import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { draftOfAgent, draftProblems, emptyDraft } from '../../../renderer/features/agents/agent-draft.ts';
import { AgentsSection } from '../../../renderer/features/agents/agents-section.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { settingsAfter } from '../../builders/settings-view.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const own = anAgent({ id: 'own-1', name: 'Tax helper', source: 'person', description: 'Explains letters.' });
const shipped = anAgent({ isDefault: true, tools: ['search_chats'] });

function open(agents = [shipped, own], onChat = vi.fn()): FakeClient {
  const provider = aProvider();
  const client = createFakeClient({
    first: {
      'agents.watch': agents,
      'models.watch': modelsView({ providers: [provider], models: [aModel(provider, 'small')] }),
    },
    calls: {
      'agents.create': (draft) => ({ ...own, ...draft, id: 'own-2' }),
      'agents.update': ({ id, draft }) => ({ ...own, ...draft, id }),
      'agents.delete': () => ({}),
      'agents.restore': () => own,
      'settings.update': (part) => settingsAfter(part),
    },
  });
  renderPage(<AgentsSection onChat={onChat} />, client);
  return client;
}

async function choose(agent: string, item: string): Promise<void> {
  fireEvent.keyDown(await screen.findByRole('button', { name: `More for ${agent}` }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}

describe('a draft', () => {
  it('needs a name and instructions, and keeps within the limits', () => {
    expect(draftProblems(emptyDraft)).toEqual({ name: 'missing', instructions: 'missing' });
    const long = { ...draftOfAgent(own), name: 'x'.repeat(61), greeting: 'x'.repeat(501), instructions: ' ' };
    expect(draftProblems(long)).toEqual({ name: 'too-long', greeting: 'too-long', instructions: 'missing' });
    expect(draftProblems(draftOfAgent(own))).toEqual({});
  });
});

describe('the list', () => {
  it('keeps shipped agents from being changed', async () => {
    open();
    fireEvent.keyDown(await screen.findByRole('button', { name: 'More for Nunba' }), { key: 'Enter' });
    const items = (await screen.findAllByRole('menuitem')).map((item) => item.textContent);
    expect(items).toEqual(['Chat with it', 'Make a copy', 'Save as a file']);
  });

  it('says what to do where there is none of one’s own', async () => {
    open([shipped]);
    expect(await screen.findByText('No agent of your own yet')).toBeTruthy();
  });

  it('starts a chat and chooses the agent of new chats', async () => {
    const onChat = vi.fn();
    const client = open(undefined, onChat);
    await choose('Tax helper', 'Chat with it');
    expect(onChat).toHaveBeenCalledWith('own-1');
    await choose('Tax helper', 'Use for new chats');
    await waitFor(() => expect(client.inputs('settings.update')).toEqual([{ defaultAgentId: 'own-1' }]));
  });

  it('deletes at once and takes it back', async () => {
    const client = open();
    await choose('Tax helper', 'Delete');
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(client.inputs('agents.delete')).toEqual([{ id: 'own-1' }]);
    await waitFor(() => expect(client.inputs('agents.restore')).toEqual([{ id: 'own-1' }]));
  });

  it('says why one could not be deleted', async () => {
    const client = open();
    client.answer('agents.delete', () => {
      throw new FailureError({ kind: 'not-found', what: 'agent' });
    });
    await choose('Tax helper', 'Delete');
    expect(await screen.findByText(/This agent is not here any more/)).toBeTruthy();
  });
});

describe('the form', () => {
  it('says what is missing and goes there', async () => {
    const client = open();
    fireEvent.click(await screen.findByRole('button', { name: 'New agent' }));
    fireEvent.click(screen.getByRole('button', { name: 'Create' }));
    expect(screen.getByText('Give it a name.')).toBeTruthy();
    expect(screen.getByText('Say what it should do.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Name'));
    expect(client.inputs('agents.create')).toEqual([]);
  });

  it('creates what was written, with model and tools', async () => {
    const client = open();
    fireEvent.click(await screen.findByRole('button', { name: 'New agent' }));
    const write = (label: string, value: string) =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    write('Name', 'Chef');
    write('Instructions', 'Cook.');
    await screen.findByRole('option', { name: 'small' });
    write('Model', 'lab/small');
    fireEvent.click(screen.getByLabelText('Read attachments'));
    fireEvent.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('Chef was created.')).toBeTruthy();
    expect(client.inputs('agents.create')).toEqual([
      {
        name: 'Chef',
        description: '',
        instructions: 'Cook.',
        greeting: '',
        model: 'lab/small',
        tools: ['read_attachment'],
        servers: [],
        knowledge: [],
      },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('keeps a model that is not here just now', async () => {
    const client = open([shipped, { ...own, model: 'gone/large' }]);
    await choose('Tax helper', 'Edit');
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Tax' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(client.inputs('agents.update')).toHaveLength(1));
    expect(client.inputs('agents.update')[0]).toMatchObject({
      id: 'own-1',
      draft: { name: 'Tax', model: 'gone/large' },
    });
  });

  it('stays open with the sentence where saving failed', async () => {
    const client = open();
    client.answer('agents.create', () => {
      throw new FailureError({ kind: 'storage-full' });
    });
    await choose('Nunba', 'Make a copy');
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Nunba, copy');
    fireEvent.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText(/The disk is full/)).toBeTruthy();
    expect(screen.getByRole('dialog')).toBeTruthy();
  });
});
