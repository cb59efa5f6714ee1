import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { LocalModelsSection } from '../../../renderer/features/local-models/local-models-section.tsx';
import { localFile, localModelsView, offered } from '../../builders/local-models-view.ts';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient } from '../../doubles/client.ts';

function open(view: LocalModelsView, refused?: FailureError, models = modelsView({})) {
  const client = createFakeClient({
    first: { 'localModels.watch': view, 'models.watch': models },
    calls: {
      'localModels.addFile': () => {
        if (refused) throw refused;
        return { id: 'file-1' };
      },
      'localModels.remove': () => ({}),
      'localModels.get': () => ({}),
      'localModels.pause': () => ({}),
      'localModels.configure': () => ({}),
      'localModels.stopMeaning': () => ({}),
    },
  });
  renderPage(<LocalModelsSection />, client);
  return client;
}

describe('local models in the settings', () => {
  it('add a file by its path, and say why one is refused', async () => {
    const refused = new FailureError({ kind: 'model-file', path: '/m/x.gguf', defect: 'split' });
    const client = open(localModelsView(), refused);
    fireEvent.change(await screen.findByLabelText('Add a model file'), { target: { value: '/m/x.gguf' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText(/is one of several parts of a model/)).toBeTruthy();
    expect(client.inputs('localModels.addFile')).toEqual([{ path: '/m/x.gguf' }]);
  });

  it('add a file that is chosen by going to it', async () => {
    const client = open(localModelsView());
    client.answer('folders.browse', ({ path }) => ({
      path: path ?? '/home/me',
      parent: path === '/home/me/Models' ? '/home/me' : '/home',
      folders: path === '/home/me/Models' ? [] : [{ name: 'Models', path: '/home/me/Models' }],
      fileCount: 2,
      files:
        path === '/home/me/Models'
          ? [{ name: 'small.gguf', path: '/home/me/Models/small.gguf', sizeBytes: 400e6 }]
          : [],
    }));
    fireEvent.click(await screen.findByRole('button', { name: 'Choose a file' }));
    const dialog = await screen.findByRole('dialog', { name: 'Pick a file' });
    expect(await within(dialog).findByText('No file in here whose name ends in .gguf.')).toBeTruthy();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Models' }));
    const file = await within(dialog).findByRole('button', { name: 'small.gguf 400 MB' });
    fireEvent.submit(within(dialog).getByRole('textbox', { name: 'Or by its path' }));
    expect(client.inputs('localModels.addFile')).toEqual([]);
    fireEvent.click(file);
    await waitFor(() => expect(client.inputs('localModels.addFile')).toEqual([{ path: '/home/me/Models/small.gguf' }]));
    expect(client.inputs('folders.browse').every(({ ending }) => ending === '.gguf')).toBe(true);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it.each([
    ['person', 'Nunba forgets it. The file stays where it is.'],
    ['catalogue', 'The file is deleted: 2 GB become free. You can download it again.'],
  ] as const)('ask before a file of the %s is removed, and say what happens to it', async (source, sentence) => {
    const client = open(localModelsView({ files: [localFile({ source })] }));
    fireEvent.click(await screen.findByRole('button', { name: 'Remove My model' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(within(dialog).getByText(sentence)).toBeTruthy();
    expect(client.inputs('localModels.remove')).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(client.inputs('localModels.remove')).toEqual([{ id: 'file-1' }]));
  });

  it('let a file of the person answer, and show how what runs it arrives', async () => {
    const client = open(localModelsView({ files: [localFile()] }));
    fireEvent.click(await screen.findByRole('button', { name: 'Let My model answer' }));
    await waitFor(() => expect(client.inputs('localModels.get')).toEqual([{ id: 'file-1' }]));
    cleanup();
    const fetching = open(
      localModelsView({
        engine: { kind: 'fetching', receivedBytes: 10e6, totalBytes: 40e6 },
        files: [localFile({ work: { kind: 'engine' } })],
      }),
    );
    expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('25');
    fireEvent.click(screen.getByRole('button', { name: 'Pause My model' }));
    await waitFor(() => expect(fetching.inputs('localModels.pause')).toEqual([{ id: 'file-1' }]));
  });

  it('offer to let the one that answers answer only where what runs it is missing', async () => {
    const local = aProvider({ id: 'local', kind: 'local' });
    const chosen = { model: aModel(local, 'file-1'), providerName: local.name, reason: 'chosen-as-default' as const };
    const files = [localFile()];
    open(localModelsView({ engine: { kind: 'ready', version: '1.0.0' }, files }), undefined, modelsView({ chosen }));
    expect(await screen.findByText('Is on this computer and answers')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Let My model answer' })).toBeNull();
    cleanup();
    open(localModelsView({ files }), undefined, modelsView({ chosen }));
    expect(await screen.findByRole('button', { name: 'Let My model answer' })).toBeTruthy();
  });

  it('say that a file is gone or changed', async () => {
    open(
      localModelsView({ files: [localFile({ presence: 'gone' }), localFile({ id: 'file-2', presence: 'changed' })] }),
    );
    expect(await screen.findByText('The file is not there any more.')).toBeTruthy();
    expect(screen.getByText(/was changed since it was added/)).toBeTruthy();
  });

  it('set folder, mirror and proxy', async () => {
    const client = open(localModelsView({ mirror: 'https://old.example' }));
    fireEvent.change(await screen.findByLabelText('Folder for downloads'), { target: { value: '/big/disk' } });
    fireEvent.change(screen.getByLabelText('Mirror'), { target: { value: '' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(client.inputs('localModels.configure')).toEqual([{ folder: '/big/disk', mirror: '', proxy: '' }]),
    );
  });
});

describe('models for the search by meaning in the settings', () => {
  const embeddings = (part: Partial<LocalModelsView['embeddings']>): LocalModelsView =>
    localModelsView({
      engine: { kind: 'ready', version: '1.0.0' },
      catalogue: [],
      embeddings: { catalogue: [], files: [], usedId: null, ...part },
    });
  const meaning = offered({ id: 'meaning', name: 'Some Embedding', goodAt: 'English.' });
  const here = { catalogue: [{ ...meaning, state: { kind: 'here' as const } }] };
  const file = localFile({ id: 'meaning', name: 'Some Embedding', source: 'catalogue' });

  it('are offered with one click, and never to answer', async () => {
    const client = open(embeddings({ catalogue: [meaning] }));
    expect(await screen.findByText('English.')).toBeTruthy();
    expect(screen.queryByText(/remembers/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Get Some Embedding' }));
    await waitFor(() => expect(client.inputs('localModels.get')).toEqual([{ id: 'meaning' }]));
    expect(screen.queryByRole('button', { name: /answer/ })).toBeNull();
  });

  it('say which one is used, and can be put aside, taken and removed', async () => {
    const client = open(embeddings({ ...here, files: [file], usedId: 'meaning' }));
    expect(await screen.findByText('Searches by meaning')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Search by words alone, without Some Embedding' }));
    await waitFor(() => expect(client.inputs('localModels.stopMeaning')).toEqual([{}]));
    cleanup();
    const unused = open(embeddings({ ...here, files: [file] }));
    fireEvent.click(await screen.findByRole('button', { name: 'Search by meaning with Some Embedding' }));
    await waitFor(() => expect(unused.inputs('localModels.get')).toEqual([{ id: 'meaning' }]));
    fireEvent.click(screen.getByRole('button', { name: 'Remove Some Embedding' }));
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(unused.inputs('localModels.remove')).toEqual([{ id: 'meaning' }]));
  });

  it('may be files of the person', async () => {
    const own = localFile({ id: 'own', name: 'My embedding', hasChatTemplate: false, architecture: 'bert' });
    const client = open(embeddings({ files: [own] }));
    expect(await screen.findByText('My embedding')).toBeTruthy();
    expect(screen.queryByText(/has no chat template/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Search by meaning with My embedding' }));
    await waitFor(() => expect(client.inputs('localModels.get')).toEqual([{ id: 'own' }]));
  });
});
