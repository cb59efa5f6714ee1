import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { CatalogueState, LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { WelcomeScreen } from '../../../renderer/welcome-screen.tsx';
import { localModelsView, offered } from '../../builders/local-models-view.ts';
import { aProgram, modelsView } from '../../builders/models-view.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { settingsAfter } from '../../builders/settings-view.ts';
import { createFakeClient } from '../../doubles/client.ts';

function open(view: LocalModelsView, models = modelsView({})) {
  const onChat = vi.fn();
  const client = createFakeClient({
    first: { 'models.watch': models, 'localModels.watch': view },
    calls: {
      'models.discover': () => ({}),
      'localModels.get': () => ({}),
      'localModels.pause': () => ({}),
      'localModels.cancel': () => ({}),
      'settings.update': (part) => settingsAfter(part),
    },
  });
  renderPage(<WelcomeScreen onChat={onChat} />, client);
  return { client, onChat };
}

const inState = (state: CatalogueState): LocalModelsView => localModelsView({ catalogue: [offered({ state })] });

/** The doors and the models behind them, as they stand one below the other. */
const headings = (): readonly string[] =>
  screen.getAllByRole('heading').map(({ textContent }) => /^(?:Use|Paste|Get|Model)\W\w+/.exec(textContent)?.[0] ?? '');

describe('the order of the doors', () => {
  const ollama = aProgram({ state: 'found', models: ['qwen3'] });
  const local = ['Get a', 'Use what', 'Paste an'];
  const found = ['Use what', 'Paste an', 'Get a'];

  it.each([
    ['the local models come first where no program is here', modelsView({}), local],
    ['what was found comes first', modelsView({ programs: [ollama] }), found],
  ])('%s', async (_, models, order) => {
    open(localModelsView({ catalogue: [] }), models);
    await screen.findByRole('heading', { name: /^Get a small local model/ });
    expect(headings().filter((heading) => heading !== '')).toEqual(order);
  });

  it('stays as it was when a program comes up later', async () => {
    const { client } = open(localModelsView({ catalogue: [] }));
    await screen.findByRole('heading', { name: /^Get a small local model/ });
    act(() => client.emit('models.watch', modelsView({ programs: [ollama], lookedAt: 2 })));
    expect(screen.getByRole('button', { name: /qwen3/ })).toBeTruthy();
    expect(headings().filter((heading) => heading !== '')).toEqual(local);
  });

  it('follows the first look where that finds something', async () => {
    const { client } = open(localModelsView({ catalogue: [] }), modelsView({ lookedAt: null }));
    await screen.findByRole('heading', { name: /^Get a small local model/ });
    act(() => client.emit('models.watch', modelsView({ programs: [ollama] })));
    expect(headings().filter((heading) => heading !== '')).toEqual(found);
  });

  it('has the recommended model above the others', async () => {
    const catalogue = ['one', 'two', 'three'].map((id) => offered({ id, name: `Model ${id}` }));
    open(localModelsView({ catalogue, recommendedId: 'two' }));
    await screen.findByRole('heading', { name: 'Model two' });
    expect(headings().filter((heading) => heading.startsWith('Model'))).toEqual([
      'Model two',
      'Model one',
      'Model three',
    ]);
  });
});

describe('the third door', () => {
  it('is not there where nothing runs models', async () => {
    open(localModelsView({ engine: null }));
    await screen.findByRole('heading', { name: /^Use what is here/ });
    expect(screen.queryByRole('heading', { name: /^Get a small local model/ })).toBeNull();
  });

  it('says what is offered, from where and under which licence, and gets it with one click', async () => {
    const { client } = open(localModelsView());
    await screen.findByRole('heading', { name: /^Get a small local model/ });
    for (const text of [
      /1 GB/,
      /Apache-2.0/,
      /Short questions/,
      /from hub.example/,
      /about 25,000 words/,
      /1.5 billion/,
    ]) {
      expect(screen.getByText(text)).toBeTruthy();
    }
    expect(screen.getByText('Fits this computer')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Get Small Instruct' }));
    await waitFor(() => expect(client.inputs('localModels.get')).toEqual([{ id: 'small' }]));
  });

  it('recommends one of them, and no other', async () => {
    const catalogue = ['small', 'large'].map((id) => offered({ id, name: `Model ${id}` }));
    open(localModelsView({ catalogue, recommendedId: 'large' }));
    const large = await screen.findByRole('heading', { name: 'Model large' });
    expect(large.parentElement?.textContent).toContain('Recommended for this computer');
    expect(screen.getAllByText('Recommended for this computer')).toHaveLength(1);
    cleanup();
    open(localModelsView({ catalogue, recommendedId: null }));
    await screen.findByRole('heading', { name: 'Model large' });
    expect(screen.queryByText('Recommended for this computer')).toBeNull();
  });

  it('says before the click what comes with the model, and nothing once that is here', async () => {
    open(localModelsView({ engine: { kind: 'absent', sizeBytes: 34e6 } }));
    expect(await screen.findByText(/the program that runs it: 34 MB more, downloaded once/)).toBeTruthy();
    cleanup();
    open(localModelsView({ engine: { kind: 'ready', version: '1.0.0' } }));
    await screen.findByRole('heading', { name: /^Get a small local model/ });
    expect(screen.queryByText(/the program that runs it/)).toBeNull();
  });

  it.each([
    ['tight', 'Tight on this computer', false],
    ['will-not-fit', 'Will not fit this computer', true],
  ] as const)('says why a model is %s', async (verdict, sentence, isDisabled) => {
    const reasons = [{ what: 'memory' as const, neededBytes: 4e9, availableBytes: 2e9 }];
    open(localModelsView({ catalogue: [offered({ fit: { verdict, reasons } })] }));
    const line = await screen.findByText(sentence);
    expect(line.textContent).toContain('4 GB of memory are needed, 2 GB are there for it');
    expect((screen.getByRole('button', { name: 'Get Small Instruct' }) as HTMLButtonElement).disabled).toBe(isDisabled);
  });

  it('shows how far it is, how fast and how long, and pauses', async () => {
    const { client } = open(
      inState({ kind: 'receiving', receivedBytes: 250e6, bytesPerSecond: 5e6, secondsLeft: 150, startedOver: null }),
    );
    const bar = await screen.findByRole('progressbar', { name: 'Downloading' });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    expect(bar.getAttribute('aria-valuetext')).toBe('250 MB of 1 GB · 5 MB/s · 3 min left');
    fireEvent.click(screen.getByRole('button', { name: 'Pause Small Instruct' }));
    await waitFor(() => expect(client.inputs('localModels.pause')).toEqual([{ id: 'small' }]));
  });

  it('goes on with what is paused, or gives it up', async () => {
    const { client } = open(inState({ kind: 'paused', receivedBytes: 250e6 }));
    fireEvent.click(await screen.findByRole('button', { name: 'Continue Small Instruct' }));
    await waitFor(() => expect(client.inputs('localModels.get')).toEqual([{ id: 'small' }]));
    fireEvent.click(screen.getByRole('button', { name: 'Give up Small Instruct' }));
    const question = await screen.findByRole('alertdialog', { name: 'Give up the download of Small Instruct?' });
    expect(question.textContent).toContain('What has arrived, 250 MB, is deleted.');
    expect(client.inputs('localModels.cancel')).toEqual([]);
    fireEvent.click(within(question).getByRole('button', { name: 'Give up' }));
    await waitFor(() => expect(client.inputs('localModels.cancel')).toEqual([{ id: 'small' }]));
  });

  it.each<CatalogueState>([{ kind: 'queued' }, { kind: 'engine' }])(
    'gives up without a question where nothing is lost: %o',
    async (state) => {
      const { client } = open(inState(state));
      fireEvent.click(await screen.findByRole('button', { name: 'Give up Small Instruct' }));
      await waitFor(() => expect(client.inputs('localModels.cancel')).toEqual([{ id: 'small' }]));
    },
  );

  it('says in one sentence what a download failed with', async () => {
    const failure = { kind: 'download-failed', host: 'hub.example', cause: 'wrong-checksum', detail: '' } as const;
    open(inState({ kind: 'failed', receivedBytes: 0, failure }));
    expect(await screen.findByText(/the file from hub.example is not the one that was meant/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again to get Small Instruct' }).textContent).toBe('Try again');
  });

  it('says that it had to begin anew', async () => {
    open(
      inState({ kind: 'receiving', receivedBytes: 1, bytesPerSecond: null, secondsLeft: null, startedOver: 'changed' }),
    );
    expect(await screen.findByText('The file there was changed, so the download began anew.')).toBeTruthy();
  });

  it('leads straight to the chat when the model is ready', async () => {
    const { client, onChat } = open(inState({ kind: 'engine' }));
    await screen.findByRole('progressbar', { name: 'Fetching what runs the model' });
    expect(onChat).not.toHaveBeenCalled();
    act(() => client.emit('localModels.watch', inState({ kind: 'here' })));
    await waitFor(() => expect(onChat).toHaveBeenCalledWith(null));
  });

  it('does not lead away for a model that was here before', async () => {
    const { onChat } = open(inState({ kind: 'here' }));
    await screen.findByText('Is on this computer');
    expect(onChat).not.toHaveBeenCalled();
  });
});
