import { describe, expect, it } from 'vitest';
import { closedPort, modelServer } from '../../builders/model-server.ts';
import { draft, testModels } from '../../builders/models.ts';
import { failing, never, nothingAsked } from '../../builders/watch-models.ts';

describe('providers of the person', () => {
  it('are added with their models, and their key is kept among the secrets only', async () => {
    const server = await modelServer({ key: 'canary-key-0123456789' });
    const { models, secrets, storage } = await testModels();
    const { providerId } = await models.handlers.calls['models.add']({
      draft: draft({ url: `${server.url}/v1/`, name: 'My box', key: 'canary-key-0123456789' }),
      model: 'test-model-vision',
    });
    expect(models.view()).toMatchObject({
      providers: [
        {
          id: providerId,
          name: 'My box',
          url: `${server.url}/v1`,
          source: 'person',
          hasKey: true,
          state: { kind: 'answering' },
        },
      ],
      chosen: { model: { modelId: 'test-model-vision' }, reason: 'chosen-as-default' },
    });
    expect([...secrets.kept]).toEqual([[`provider.${providerId}.key`, 'canary-key-0123456789']]);
    const rows = await storage.db.selectFrom('providers').selectAll().execute();
    const settings = await storage.db.selectFrom('settings').selectAll().execute();
    expect(JSON.stringify([rows, settings, models.view()])).not.toContain('canary');
  });

  it('are kept when they do not answer, with the reason', async () => {
    const port = await closedPort();
    const { models } = await testModels();
    await models.handlers.calls['models.add']({ draft: draft({ url: `http://127.0.0.1:${port}/v1` }), model: 'mine' });
    expect(models.view()).toMatchObject({
      providers: [
        {
          name: `127.0.0.1:${port}`,
          state: { kind: 'failing', failure: { kind: 'model-unreachable', cause: 'refused' } },
        },
      ],
      chosen: { model: { modelId: 'mine' } },
    });
  });

  it.each([
    [draft({ url: 'nonsense address' }), 'url', 'has a space in it'],
    [draft({ url: 'http://localhost:6777/v1' }), 'url', 'Nunba’s own address'],
    [draft({ url: 'http://h/v1', key: 'two\nlines' }), 'key', 'not a key: it has characters that no key has'],
  ])('are refused with a bad draft: %j', async (bad, field, reason) => {
    const { models, secrets } = await testModels();
    const failure = await failing(Promise.resolve(models.handlers.calls['models.add']({ draft: bad, model: null })));
    expect(failure).toEqual({ kind: 'invalid-input', field, reason });
    expect(models.view().providers).toEqual([]);
    expect(secrets.kept.size).toBe(0);
  });

  it('keep their key when the address changes at the same host, and lose it elsewhere', async () => {
    const server = await modelServer();
    const { models, secrets } = await testModels();
    const { calls } = models.handlers;
    const { providerId } = await calls['models.add']({
      draft: draft({ url: server.url, key: 'secret-1' }),
      model: null,
    });
    expect(models.view().providers[0]?.state.kind).toBe('failing');
    await calls['models.update']({ providerId, draft: draft({ url: `${server.url}/v1` }) });
    expect(models.view()).toMatchObject({ providers: [{ hasKey: true, state: { kind: 'answering' } }] });
    await calls['models.update']({ providerId, draft: draft({ url: `http://localhost:${server.port}/v1` }) });
    expect(models.view().providers[0]?.hasKey).toBe(false);
    expect(secrets.kept.size).toBe(0);
    expect(server.requests.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('are forgotten with their key and their choice', async () => {
    const server = await modelServer();
    const { models, secrets, again } = await testModels();
    const { calls } = models.handlers;
    const { providerId } = await calls['models.add']({
      draft: draft({ url: `${server.url}/v1`, key: 'secret-1' }),
      model: 'test-model',
    });
    await calls['models.remove']({ providerId });
    expect(models.view()).toMatchObject({ providers: [], models: [], chosen: null });
    expect(secrets.kept.size).toBe(0);
    expect((await again()).view().providers).toEqual([]);
  });

  it('fall to the next model when theirs has vanished', async () => {
    const port = await closedPort();
    const before = await modelServer({ port, models: ['old', 'new'] });
    const { models } = await testModels();
    const { calls } = models.handlers;
    const { providerId } = await calls['models.add']({ draft: draft({ url: `${before.url}/v1` }), model: 'old' });
    expect(models.view().chosen).toMatchObject({ model: { modelId: 'old' }, reason: 'chosen-as-default' });
    await before.stop();
    await modelServer({ port, models: ['new'] });
    await calls['models.refresh']({ providerId });
    expect(models.view().chosen).toMatchObject({ model: { modelId: 'new' }, reason: 'only-one' });
  });

  it('say at a call that their key cannot be read', async () => {
    const server = await modelServer();
    const { models, secrets } = await testModels();
    const { providerId } = await models.handlers.calls['models.add']({
      draft: draft({ url: `${server.url}/v1`, key: 'secret-1' }),
      model: 'test-model',
    });
    secrets.spoil(`provider.${providerId}.key`);
    expect(await failing(models.choose(nothingAsked, never))).toMatchObject({ kind: 'secret-unreadable' });
  });

  it('come back when a backup is restored', async () => {
    const server = await modelServer();
    const { models, storage } = await testModels();
    const { calls } = models.handlers;
    const { providerId } = await calls['models.add']({
      draft: draft({ url: `${server.url}/v1` }),
      model: 'test-model',
    });
    const backup = await storage.backup();
    await calls['models.remove']({ providerId });
    await storage.restore({ name: backup.name, mode: 'replace', permit: () => undefined });
    expect(models.view()).toMatchObject({
      providers: [{ id: providerId }],
      chosen: { model: { modelId: 'test-model' } },
    });
  });
});
