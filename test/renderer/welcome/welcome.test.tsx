import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { ModelsView, TestReport } from '../../../node-core/api/model-views.ts';
import { newConnection } from '../../../renderer/features/providers/connection-form.ts';
import { ProviderForm } from '../../../renderer/features/providers/provider-form.tsx';
import { discoveryIntervalMs, useDiscovery } from '../../../renderer/features/providers/use-discovery.ts';
import { Welcome } from '../../../renderer/features/welcome/welcome.tsx';
import { aModel, aProgram, aProvider, modelsView } from '../../builders/models-view.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { settingsAfter } from '../../builders/settings-view.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

function Screen({ onChat }: { onChat: (agentId: string | null) => void }) {
  return (
    <Welcome
      localModels={null}
      discoveryFailure={useDiscovery()}
      connectForm={(onAdded) => (
        <ProviderForm initial={newConnection} saveLabel="Add and start chatting" onSaved={onAdded} />
      )}
      onChat={onChat}
    />
  );
}

function open(models: ModelsView, onChat = vi.fn()): { client: FakeClient; onChat: typeof onChat } {
  const client = createFakeClient({
    first: { 'models.watch': models },
    calls: {
      'models.discover': () => ({}),
      'models.use': () => ({}),
      'models.add': () => ({ providerId: 'lab' }),
      'settings.update': (part) => settingsAfter(part),
    },
  });
  renderPage(<Screen onChat={onChat} />, client);
  return { client, onChat };
}

const steps = (failing: TestReport['steps'][number]['step'] | null): TestReport['steps'] => {
  const names = ['address', 'dns', 'connect', 'tls', 'http', 'key', 'models', 'answer'] as const;
  const at = failing === null ? names.length : names.indexOf(failing);
  return names.map((step, index) => ({
    step,
    state: index < at ? 'passed' : index === at ? 'failed' : 'not-reached',
    durationMs: 3,
  }));
};

describe('a program that was found', () => {
  const found = modelsView({ programs: [aProgram({ state: 'found', models: ['qwen3:4b', 'llama3.2'] })] });

  it('is used with one click, which leads into the chat', async () => {
    const { client, onChat } = open(found);
    fireEvent.click(await screen.findByRole('button', { name: /llama3.2/ }));
    await waitFor(() => expect(onChat).toHaveBeenCalledWith(null));
    expect(client.inputs('models.use')).toEqual([{ url: 'http://127.0.0.1:11434', model: 'llama3.2' }]);
    expect(client.inputs('settings.update')).toEqual([{ isWelcomed: true }]);
  });

  it('says who receives the messages', async () => {
    open(found);
    expect(await screen.findByText(/Your messages go to Ollama on this computer/)).toBeTruthy();
  });

  it('stays with a sentence where it cannot be used', async () => {
    const { client, onChat } = open(found);
    client.answer('models.use', () => {
      throw new FailureError({ kind: 'model-unreachable', host: '127.0.0.1:11434', cause: 'refused' });
    });
    fireEvent.click(await screen.findByRole('button', { name: /llama3.2/ }));
    expect(await screen.findByText(/Nothing answers at 127.0.0.1:11434/)).toBeTruthy();
    expect(onChat).not.toHaveBeenCalled();
  });
});

describe('no program', () => {
  it('says what was looked for and where to get one', async () => {
    open(modelsView({ programs: [aProgram(), aProgram({ kind: 'jan', name: 'Jan', url: 'http://127.0.0.1:1337' })] }));
    expect(await screen.findByText(/Looked for Ollama and Jan/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Jan' }).getAttribute('href')).toBe('https://jan.ai/download');
  });

  it('appears by itself once it runs', async () => {
    const { client } = open(modelsView());
    await screen.findByText(/Looked for Ollama/);
    act(() => client.emit('models.watch', modelsView({ programs: [aProgram({ state: 'found', models: ['qwen3'] })] })));
    expect(screen.getByRole('button', { name: /qwen3/ })).toBeTruthy();
  });

  it('that runs without a model is told apart', async () => {
    open(modelsView({ programs: [aProgram({ state: 'no-models' })] }));
    expect(await screen.findByText(/Ollama runs, but has no model yet/)).toBeTruthy();
  });
});

describe('looking again', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('happens every 2 s while the page is shown, and ends with it', async () => {
    const client = createFakeClient({ calls: { 'models.discover': () => ({}) } });
    const { unmount } = renderPage(<Screen onChat={vi.fn()} />, client);
    await vi.advanceTimersByTimeAsync(0);
    expect(client.inputs('models.discover')).toHaveLength(1);
    await act(() => vi.advanceTimersByTimeAsync(2 * discoveryIntervalMs));
    expect(client.inputs('models.discover')).toHaveLength(3);
    unmount();
    await vi.advanceTimersByTimeAsync(5 * discoveryIntervalMs);
    expect(client.inputs('models.discover')).toHaveLength(3);
  });

  it('says why it failed, and goes on', async () => {
    const client = createFakeClient({ first: { 'models.watch': modelsView({ lookedAt: null }) } });
    client.answer('models.discover', () => {
      throw new FailureError({ kind: 'disconnected' });
    });
    renderPage(<Screen onChat={vi.fn()} />, client);
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(screen.getByText(/connection to Nunba’s runtime is gone/)).toBeTruthy();
    client.answer('models.discover', () => ({}));
    await act(() => vi.advanceTimersByTimeAsync(discoveryIntervalMs));
    expect(screen.queryByText(/connection to Nunba’s runtime is gone/)).toBeNull();
  });
});

describe('an address', () => {
  it('is tested, mended with the proposed fix, and added', async () => {
    const { client, onChat } = open(modelsView());
    client.answer('models.test', ({ draft }) =>
      draft.url.endsWith('/v1')
        ? { steps: steps(null), problem: null, fix: null, models: ['small', 'large'] }
        : {
            steps: steps('http'),
            problem: { kind: 'missing-v1', host: 'lab' },
            fix: { kind: 'use-url', url: `${draft.url}/v1` },
            models: [],
          },
    );
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'http://192.168.1.20:8080' } });
    expect(screen.getByText(/go to 192.168.1.20 in your own network/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Test' }));
    expect(await screen.findByText(/it lacks \/v1 at its end/)).toBeTruthy();
    const shown = within(screen.getByRole('list', { name: 'Steps of the test' })).getAllByRole('listitem');
    expect(shown[4]?.textContent).toContain('failed');
    expect(shown[5]?.textContent).toContain('not reached');
    fireEvent.click(screen.getByRole('button', { name: 'Use http://192.168.1.20:8080/v1' }));
    expect(await screen.findByText('It answers, and offers 2 models.')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Model'), { target: { value: 'large' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add and start chatting' }));
    await waitFor(() => expect(onChat).toHaveBeenCalledWith(null));
    expect(client.inputs('models.add')).toEqual([
      {
        draft: {
          kind: 'openai-compatible',
          name: '192.168.1.20:8080',
          url: 'http://192.168.1.20:8080/v1',
          key: null,
          trustedCertificate: null,
        },
        model: 'large',
      },
    ]);
  });

  it('makes an older Test void when it is changed', async () => {
    const { client } = open(modelsView());
    let answer: (report: TestReport) => void = () => undefined;
    client.answer(
      'models.test',
      () =>
        new Promise<TestReport>((resolve) => {
          answer = resolve;
        }),
    );
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'http://127.0.0.1:1' } });
    fireEvent.click(screen.getByRole('button', { name: 'Test' }));
    await screen.findByRole('button', { name: 'Testing' });
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'http://127.0.0.1:2' } });
    await act(async () => answer({ steps: steps(null), problem: null, fix: null, models: ['m'] }));
    expect(screen.queryByText(/It answers/)).toBeNull();
    expect(screen.getByRole('button', { name: 'Test' })).toBeTruthy();
  });

  it('needs a key where the service does, and asks for it in its field', async () => {
    const { client } = open(modelsView());
    client.answer('models.test', () => ({
      steps: steps('key'),
      problem: { kind: 'unauthorized', host: 'api.openai.com', hasKey: true },
      fix: { kind: 'enter-key' },
      models: [],
    }));
    fireEvent.click(screen.getByLabelText('OpenAI'));
    expect(screen.getByRole('button', { name: 'Test' }).hasAttribute('disabled')).toBe(true);
    fireEvent.change(screen.getByLabelText('Key'), { target: { value: 'sk-wrong' } });
    fireEvent.click(screen.getByRole('button', { name: 'Test' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Enter a key' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Key'));
  });
});

describe('leaving', () => {
  it('leads to the Guide without a model', async () => {
    const { onChat } = open(modelsView());
    fireEvent.click(screen.getByRole('button', { name: 'Later' }));
    await waitFor(() => expect(onChat).toHaveBeenCalledWith('guide'));
  });

  it('starts at once where a model is there already', async () => {
    const provider = aProvider({ name: 'OpenAI', location: { kind: 'cloud', host: 'api.openai.com' } });
    const model = aModel(provider, 'gpt-5-mini');
    const { onChat } = open(
      modelsView({
        providers: [provider],
        models: [model],
        chosen: { model, providerName: 'OpenAI', reason: 'named-in-environment' },
      }),
    );
    expect(await screen.findByText(/go to api.openai.com on the internet/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Start chatting' }));
    await waitFor(() => expect(onChat).toHaveBeenCalledWith(null));
  });

  it('stays where it cannot be remembered', async () => {
    const { client, onChat } = open(modelsView());
    client.answer('settings.update', () => {
      throw new FailureError({ kind: 'storage-full' });
    });
    fireEvent.click(screen.getByRole('button', { name: 'Later' }));
    expect(await screen.findByText(/The disk is full/)).toBeTruthy();
    expect(onChat).not.toHaveBeenCalled();
  });
});
