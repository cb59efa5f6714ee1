import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';
import { applicationView, trustView } from '../../builders/trust-view.ts';
import { entry, member, open } from './open-trust.tsx';

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
