import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { AgentReview } from '../../../node-core/api/agent-views.ts';
import { FailureError } from '../../../node-core/api/failures.ts';
import { AgentsSection } from '../../../renderer/features/agents/agents-section.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const own = anAgent({ id: 'own-1', name: 'Tax helper', source: 'person' });
const draft = {
  name: 'Sorter',
  description: 'Sorts.',
  instructions: 'Sort everything.',
  greeting: '',
  model: null,
  tools: ['read_file' as const],
  servers: [],
  knowledge: [],
};
const review: AgentReview = {
  draft,
  asked: ['move_files', 'run_command'],
  askedServers: ['notes-server'],
  left: { tools: ['read_minds'], servers: 1, knowledge: 0, model: 'lab/huge' },
};

function open(hasModel = true): FakeClient {
  const provider = aProvider();
  const model = aModel(provider, 'small');
  const client = createFakeClient({
    first: {
      'agents.watch': [own],
      'models.watch': modelsView({
        providers: [provider],
        models: [model],
        chosen: hasModel ? { model, providerName: 'lab', reason: 'only-one' } : null,
      }),
    },
    calls: {
      'agents.create': (given) => ({ ...own, ...given, id: 'own-2' }),
      'agents.review': () => review,
      'agents.propose': () => ({ kind: 'draft', modelId: 'small', draft: { ...draft, name: 'Drafted' } }),
      'agents.export': () => ({ fileName: 'tax-helper.nunba-agent.json', text: '{}\n' }),
    },
  });
  renderPage(<AgentsSection onChat={vi.fn()} />, client);
  return client;
}

const bring = async (file: File) =>
  fireEvent.change(await screen.findByLabelText('From a file', { selector: 'input' }), { target: { files: [file] } });

describe('an agent from a file', () => {
  it('is shown in full, with hands listed first and not given', async () => {
    const client = open();
    await bring(new File(['{"format":"nunba-agent"}'], 'sorter.json'));
    const dialog = await screen.findByRole('dialog', { name: 'Add Sorter?' });
    expect(client.inputs('agents.review')).toEqual([{ text: '{"format":"nunba-agent"}' }]);
    expect(within(dialog).getByText('Sort everything.')).toBeTruthy();
    const boxes = within(dialog).getAllByRole<HTMLInputElement>('checkbox');
    expect(boxes.map(({ checked, labels }) => [labels?.[0]?.textContent, checked])).toEqual([
      ['Move and rename files', false],
      ['Run commands', false],
      ['notes-server', false],
      ['Read files', true],
    ]);
    expect(within(dialog).getByRole('status').textContent).toBe(
      'These tools are not known here and were left out: read_minds. One tool server that it names is not here and was left out. Its model lab/huge is not here, so the one that answers by default is used.',
    );
    expect(client.inputs('agents.create')).toEqual([]);
    fireEvent.click(within(dialog).getByLabelText('Move and rename files'));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Add this agent' }));
    expect(await screen.findByText('Sorter was created.')).toBeTruthy();
    expect(client.inputs('agents.create')).toEqual([{ ...draft, tools: ['read_file', 'move_files'] }]);
  });

  it('says in one sentence what is wrong with a file', async () => {
    const client = open();
    client.answer('agents.review', () => {
      throw new FailureError({ kind: 'import-unreadable', reason: 'The file holds no agent of Nunba.' });
    });
    await bring(new File(['x'], 'x.json'));
    expect(await screen.findByText('Nothing was imported: The file holds no agent of Nunba.')).toBeTruthy();
    await bring(new File(['x'.repeat(300_000)], 'x.json'));
    expect(await screen.findByText(/x\.json is too large/i)).toBeTruthy();
    expect(client.inputs('agents.review')).toHaveLength(1);
  });

  it('is saved as one', async () => {
    const client = open();
    const url = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
    fireEvent.keyDown(await screen.findByRole('button', { name: 'More for Tax helper' }), { key: 'Enter' });
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Save as a file' }));
    await waitFor(() => expect(url).toHaveBeenCalled());
    expect(client.inputs('agents.export')).toEqual([{ id: 'own-1' }]);
    url.mockRestore();
  });
});

describe('an agent that is described', () => {
  it('is drafted by the model and opens in the form; nothing is saved', async () => {
    const client = open();
    fireEvent.click(await screen.findByRole('button', { name: 'Describe an agent' }));
    fireEvent.change(screen.getByLabelText('What do you want it to do?'), { target: { value: 'Sort my files' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Let small draft it' }));
    expect(await screen.findByLabelText('Instructions')).toHaveProperty('value', 'Sort everything.');
    expect(client.inputs('agents.propose')).toMatchObject([{ wish: 'Sort my files' }]);
    expect(client.inputs('agents.cancelProposal')).toEqual([]);
    expect(client.inputs('agents.create')).toEqual([]);
  });

  it('is asked for with questions where the model wrote nothing that can be used', async () => {
    const client = open();
    client.answer('agents.propose', () => ({ kind: 'questions', modelId: 'small' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Describe an agent' }));
    fireEvent.change(screen.getByLabelText('What do you want it to do?'), { target: { value: 'Sort my files' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Let small draft it' }));
    expect(await screen.findByText(/small wrote nothing that can be used/)).toBeTruthy();
    expect(screen.getByLabelText('What should it do for you?')).toHaveProperty('value', 'Sort my files');
  });

  it('is not waited for any longer when that is cancelled, or its dialog closed', async () => {
    const client = open();
    let answer = (): void => undefined;
    client.answer('agents.propose', () => new Promise((resolve) => (answer = () => resolve({ kind: 'cancelled' }))));
    client.answer('agents.cancelProposal', () => {
      answer();
      return {};
    });
    const ask = async () => {
      fireEvent.change(screen.getByLabelText('What do you want it to do?'), { target: { value: 'Sort my files' } });
      fireEvent.click(await screen.findByRole('button', { name: 'Let small draft it' }));
    };
    const ids = () => client.inputs('agents.propose').map((input) => ({ id: (input as { id: string }).id }));
    fireEvent.click(await screen.findByRole('button', { name: 'Describe an agent' }));
    await ask();
    fireEvent.click(await screen.findByRole('button', { name: 'Stop drafting' }));
    expect(await screen.findByRole('button', { name: 'Answer a few questions' })).toBeTruthy();
    expect(screen.getByLabelText('What do you want it to do?')).toHaveProperty('value', 'Sort my files');
    expect(client.inputs('agents.cancelProposal')).toEqual(ids());
    await ask();
    await screen.findByRole('button', { name: 'Stop drafting' });
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    await waitFor(() => expect(client.inputs('agents.cancelProposal')).toEqual(ids()));
    expect(new Set(ids().map(({ id }) => id)).size).toBe(2);
  });

  it('needs no model', async () => {
    open(false);
    fireEvent.click(await screen.findByRole('button', { name: 'Describe an agent' }));
    expect(screen.queryByRole('button', { name: /draft it/ })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Answer a few questions' }));
    const write = (label: string, value: string) =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    write('What is its name?', 'Chef');
    write('What should it do for you?', 'Find recipes. Be quick about it.');
    fireEvent.click(screen.getByLabelText('Brief'));
    fireEvent.click(screen.getByLabelText('Folders that you pick for it'));
    fireEvent.click(screen.getByRole('button', { name: 'Look at it in the form' }));
    expect(await screen.findByLabelText('Instructions')).toHaveProperty(
      'value',
      'You are Chef.\n\nFind recipes. Be quick about it.\n\nAnswer in as few words as the matter allows.\n\nIf something is missing or unclear, ask before you answer. Say so when you do not know.',
    );
    expect(screen.getByLabelText('Description')).toHaveProperty('value', 'Find recipes.');
    expect(screen.getByLabelText('Read files')).toHaveProperty('checked', true);
    expect(screen.getByLabelText('Write files')).toHaveProperty('checked', false);
  });
});
