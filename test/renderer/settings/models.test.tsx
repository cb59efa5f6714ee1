import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import { ModelsSection } from '../../../renderer/features/providers/models-section.tsx';
import { aModel, aProgram, aProvider, modelsView } from '../../builders/models-view.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const cloud = { kind: 'cloud', host: 'api.openai.com' } as const;
const openai = aProvider({
  id: 'openai',
  kind: 'openai',
  name: 'OpenAI',
  url: 'https://api.openai.com/v1',
  location: cloud,
  source: 'environment',
  setBy: 'OPENAI_API_KEY',
  hasKey: true,
});
const lab = aProvider({
  hasKey: true,
  state: {
    kind: 'failing',
    since: 0,
    at: Date.now() - 240_000,
    failure: { kind: 'model-unreachable', host: 'lab', cause: 'dns' },
  },
});
const models = [aModel(lab, 'small'), aModel(openai, 'gpt-5-mini')];
const full = modelsView({
  providers: [lab, openai],
  models,
  chosen: { model: aModel(openai, 'gpt-5-mini'), providerName: 'OpenAI', reason: 'named-in-environment' },
});

function open(view: ModelsView = full): FakeClient {
  const client = createFakeClient({
    first: { 'models.watch': view },
    calls: {
      'models.choose': () => ({}),
      'models.refresh': () => ({}),
      'models.remove': () => ({}),
      'models.update': () => ({}),
      'models.discover': () => ({}),
      'models.use': () => ({}),
      'models.test': () => ({ steps: [], problem: null, fix: null, models: ['small'] }),
    },
  });
  renderPage(<ModelsSection />, client);
  return client;
}

async function choose(item: string): Promise<void> {
  fireEvent.keyDown(await screen.findByRole('button', { name: 'More for Lab' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}

describe('who answers', () => {
  it('is one sentence with its reason, and says who reads along', async () => {
    open();
    expect(await screen.findByText('gpt-5-mini by OpenAI answers, because the environment names it.')).toBeTruthy();
    expect(screen.getByText(/go to api.openai.com on the internet/)).toBeTruthy();
  });

  it('can be chosen, and left to Nunba again', async () => {
    const client = open();
    const select = await screen.findByLabelText('Model that answers');
    expect(select).toHaveProperty('value', '');
    fireEvent.change(select, { target: { value: 'lab/small' } });
    const chosen = { model: aModel(lab, 'small'), providerName: 'Lab', reason: 'chosen-as-default' } as const;
    act(() => client.emit('models.watch', { ...full, chosen }));
    await waitFor(() => expect(select).toHaveProperty('disabled', false));
    expect(select).toHaveProperty('value', 'lab/small');
    fireEvent.change(select, { target: { value: '' } });
    await waitFor(() => expect(client.inputs('models.choose')).toEqual([{ ref: 'lab/small' }, { ref: null }]));
  });

  it('is nobody where there is no model', async () => {
    open(modelsView());
    expect(await screen.findByText(/No model answers yet/)).toBeTruthy();
    expect(screen.getByText('No provider yet')).toBeTruthy();
    expect(screen.queryByLabelText('Model that answers')).toBeNull();
  });
});

describe('a provider', () => {
  it('says why it did not answer and how old that is', async () => {
    open();
    expect(await screen.findByText(/There is no computer called lab/)).toBeTruthy();
    expect(screen.getByText('4 min ago')).toBeTruthy();
  });

  it('of the environment names its variable and cannot be changed', async () => {
    open();
    expect(await screen.findByText('Set by OPENAI_API_KEY, so it cannot be changed here.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'More for OpenAI' })).toBeNull();
  });

  it('is asked again, and a failure stands beside it', async () => {
    const client = open();
    client.answer('models.refresh', () => {
      throw new FailureError({ kind: 'model-refused-key', host: 'lab', hasKey: true });
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Ask Lab for its models again' }));
    expect(await screen.findByText(/lab refused the key/)).toBeTruthy();
    expect(client.inputs('models.refresh')).toEqual([{ providerId: 'lab' }]);
  });

  it('is removed only after a question that names its key', async () => {
    const client = open();
    await choose('Remove');
    expect(await screen.findByText(/its key is deleted/)).toBeTruthy();
    expect(client.inputs('models.remove')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(client.inputs('models.remove')).toEqual([{ providerId: 'lab' }]));
  });

  it('is edited without its key being asked for again', async () => {
    const client = open();
    await choose('Edit');
    fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Basement' } });
    fireEvent.click(screen.getByRole('button', { name: 'Test' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The provider was saved.')).toBeTruthy();
    expect(client.inputs('models.test')[0]?.providerId).toBe('lab');
    expect(client.inputs('models.update')[0]).toMatchObject({
      providerId: 'lab',
      draft: { name: 'Basement', key: null },
    });
  });
});

describe('programs on this computer', () => {
  it('are looked for again and used', async () => {
    const found = aProgram({ state: 'found', models: ['qwen3'] });
    const client = open(modelsView({ programs: [found, aProgram({ name: 'Jan', url: 'http://127.0.0.1:1337' })] }));
    fireEvent.click(await screen.findByRole('button', { name: 'Use Ollama' }));
    const again = screen.getByRole('button', { name: 'Look again' });
    await waitFor(() => expect(again.getAttribute('aria-busy')).toBeNull());
    fireEvent.click(again);
    await waitFor(() => expect(client.inputs('models.discover')).toHaveLength(2));
    expect(client.inputs('models.use')).toEqual([{ url: found.url, model: 'qwen3' }]);
    expect(screen.getByText(/does not run/)).toBeTruthy();
  });
});
