import { describe, expect, it } from 'vitest';
import { contactsOf } from '../../../node-core/agents/models/contacts.ts';
import { closedPort, modelServer } from '../../builders/model-server.ts';
import { draft, environmentProvider, testModels } from '../../builders/models.ts';
import { failing, never, nothingAsked, watch } from '../../builders/watch-models.ts';
import { noLocalModels } from '../../doubles/local-models.ts';

describe('found programs', () => {
  it('are looked for when asked, used with one call, and contacted by nothing else', async () => {
    const ollama = await modelServer({ models: ['llama3', 'llava'] });
    const { models, again } = await testModels({ programs: [{ kind: 'ollama', name: 'Ollama', port: ollama.port }] });
    const { views } = await watch(models);
    expect(views[0]).toMatchObject({ chosen: null, lookedAt: null, programs: [{ state: 'not-looked' }] });
    expect(ollama.requests).toHaveLength(0);

    const { calls } = models.handlers;
    await Promise.all([calls['models.discover']({}), calls['models.discover']({})]);
    expect(ollama.requests).toHaveLength(1);
    expect(views.at(-1)).toMatchObject({
      programs: [{ state: 'found', models: ['llama3', 'llava'], providerId: null }],
    });

    await calls['models.use']({ url: `http://localhost:${ollama.port}/v1`, model: 'llava' });
    expect(views.at(-1)).toMatchObject({
      programs: [{ providerId: 'ollama' }],
      providers: [{ id: 'ollama', name: 'Ollama', source: 'found', location: { kind: 'this-computer' } }],
      models: [
        { ref: 'ollama/llama3', canSee: false },
        { ref: 'ollama/llava', canSee: true },
      ],
      chosen: { model: { ref: 'ollama/llava' }, providerName: 'Ollama', reason: 'chosen-as-default' },
    });
    await calls['models.use']({ url: `http://127.0.0.1:${ollama.port}/v1`, model: 'llama3' });
    expect(models.view().providers).toHaveLength(1);
    expect((await again()).view().chosen).toMatchObject({ model: { ref: 'ollama/llama3' } });
  });

  it('are refused where nothing was found', async () => {
    const ollama = await modelServer();
    const { models } = await testModels({ programs: [{ kind: 'ollama', name: 'Ollama', port: ollama.port }] });
    const use = models.handlers.calls['models.use'];
    const url = `http://127.0.0.1:${ollama.port}/v1`;
    expect(await failing(Promise.resolve(use({ url, model: 'test-model' })))).toEqual({
      kind: 'not-found',
      what: 'provider',
    });
    await models.handlers.calls['models.discover']({});
    expect(await failing(Promise.resolve(use({ url, model: 'other' })))).toEqual({ kind: 'not-found', what: 'model' });
  });
});

describe('a model file of this computer', () => {
  it('is called by its name, and by its id where it is spoken of to programs', async () => {
    const file = { id: 'small-q4', name: 'Small Instruct', path: '/models/small.gguf', sizeBytes: 1, contextTokens: 1 };
    const list = () => [
      { ...file, isThere: true },
      { ...file, id: 'gone', isThere: false },
    ];
    const { models } = await testModels({ local: { ...noLocalModels.files, list } });
    const model = { ref: 'local/small-q4', modelId: 'small-q4', name: 'Small Instruct' };
    expect(models.view()).toMatchObject({ models: [model], chosen: { model } });
  });

  it('is told apart from a model of a provider, whose id is its name', async () => {
    const ollama = await modelServer({ models: ['llama3'] });
    const { models } = await testModels({ programs: [{ kind: 'ollama', name: 'Ollama', port: ollama.port }] });
    await models.handlers.calls['models.discover']({});
    await models.handlers.calls['models.use']({ url: `http://127.0.0.1:${ollama.port}/v1`, model: 'llama3' });
    expect(models.view().models).toMatchObject([{ modelId: 'llama3', name: 'llama3' }]);
  });
});

describe('the choice', () => {
  it('is refused for a model that is not there, and can be taken back', async () => {
    const server = await modelServer();
    const { models } = await testModels();
    const { calls } = models.handlers;
    await calls['models.add']({ draft: draft({ url: `${server.url}/v1` }), model: 'test-model-vision' });
    const ref = models.view().models[0]?.ref ?? '';
    expect(await failing(Promise.resolve(calls['models.choose']({ ref: 'left/x' })))).toEqual({
      kind: 'not-found',
      what: 'model',
    });
    await calls['models.choose']({ ref });
    expect(models.view().chosen).toMatchObject({ model: { ref }, reason: 'chosen-as-default' });
    await calls['models.choose']({ ref: null });
    expect(models.view().chosen).toMatchObject({ reason: 'first-found' });
  });

  it('fails where there is no model, and where a caller names one that is not there', async () => {
    const { models } = await testModels();
    expect(await failing(models.choose(nothingAsked, never))).toEqual({ kind: 'no-model' });
    expect(await failing(models.choose({ ...nothingAsked, caller: 'left/x' }, never))).toMatchObject({
      kind: 'model-unknown',
      model: 'left/x',
    });
  });
});

describe('the environment', () => {
  it('names a model, which answers without a question before', async () => {
    const server = await modelServer();
    const { models } = await testModels({
      environment: [environmentProvider({ url: `${server.url}/v1`, model: 'test-model' })],
    });
    expect(models.view().chosen).toMatchObject({
      model: { ref: 'env-endpoint/test-model' },
      reason: 'named-in-environment',
    });
    await models.choose(nothingAsked, never);
    expect(server.requests).toHaveLength(0);
  });

  it('names an endpoint alone, bare of /v1, which is asked when its model is needed', async () => {
    const server = await modelServer();
    const { models } = await testModels({ environment: [environmentProvider({ url: server.url })] });
    expect(server.requests).toHaveLength(0);
    expect(models.view().chosen).toBeNull();
    expect(await models.choose(nothingAsked, never)).toMatchObject({
      model: { modelId: 'test-model' },
      reason: 'first-found',
    });
    expect(models.view().chosen).toMatchObject({ model: { modelId: 'test-model' } });
  });

  it('names an endpoint that is down: the answer says which', async () => {
    const port = await closedPort();
    const { models } = await testModels({ environment: [environmentProvider({ url: `http://127.0.0.1:${port}/v1` })] });
    expect(await failing(models.choose(nothingAsked, never))).toMatchObject({
      kind: 'model-unreachable',
      host: `127.0.0.1:${port}`,
    });
  });

  it('names a key alone, which is enough: the service is asked once for a model', async () => {
    const server = await modelServer({
      key: 'canary-key-0123456789',
      models: ['gpt-3.5-turbo', 'gpt-9-mini', 'whisper-1'],
    });
    const openai = environmentProvider({
      id: 'env-openai',
      kind: 'openai',
      url: `${server.url}/v1`,
      key: 'canary-key-0123456789',
    });
    const { models, secrets, storage } = await testModels({ environment: [openai] });
    expect(models.view().chosen).toMatchObject({ reason: 'only-one' });
    const chosen = await models.choose(nothingAsked, never);
    expect(chosen.model.modelId).toBe('gpt-9-mini');
    await models.choose(nothingAsked, never);
    expect(server.requests).toHaveLength(1);
    expect(secrets.kept.size).toBe(0);
    expect(await storage.db.selectFrom('providers').selectAll().execute()).toEqual([]);
  });

  it('shows no name or password of an address', async () => {
    const { models } = await testModels({
      environment: [environmentProvider({ url: 'http://me:pass-word@llm.example/v1' })],
    });
    expect(models.view().providers[0]?.url).toBe('http://llm.example/v1');
    expect(JSON.stringify(models.view())).not.toContain('pass-word');
  });

  it('cannot be changed here', async () => {
    const { models } = await testModels({ environment: [environmentProvider({ url: 'http://llm.example/v1' })] });
    const { calls } = models.handlers;
    const failure = { kind: 'set-elsewhere', name: 'endpoint', source: 'HEVOLVE_LLM_ENDPOINT_URL' };
    const update = calls['models.update']({ providerId: 'env-endpoint', draft: draft({ url: 'http://h/v1' }) });
    expect(await failing(Promise.resolve(update))).toEqual(failure);
    expect(await failing(Promise.resolve(calls['models.remove']({ providerId: 'env-endpoint' })))).toEqual(failure);
    expect(models.view().providers[0]).toMatchObject({ source: 'environment', setBy: 'HEVOLVE_LLM_ENDPOINT_URL' });
  });
});

describe('a test', () => {
  it('uses the stored key at the stored host only, and stores nothing', async () => {
    const server = await modelServer({ key: 'canary-key-0123456789' });
    const { models } = await testModels();
    const { calls } = models.handlers;
    const url = `${server.url}/v1`;
    const { providerId } = await calls['models.add']({
      draft: draft({ url, key: 'canary-key-0123456789' }),
      model: null,
    });
    const before = models.view();
    expect(await calls['models.test']({ draft: draft({ url }), providerId, model: null })).toMatchObject({
      problem: null,
    });
    const elsewhere = draft({ url: `http://localhost:${server.port}/v1` });
    expect(await calls['models.test']({ draft: elsewhere, providerId, model: null })).toMatchObject({
      problem: { kind: 'unauthorized', hasKey: false },
    });
    expect(server.requests.at(-1)?.headers.authorization).toBeUndefined();
    expect(models.view()).toEqual(before);
  });
});

describe('the state of a provider', () => {
  it('follows how calls went, with the time, and ends with the subscription', async () => {
    const server = await modelServer();
    const { models } = await testModels();
    const { providerId } = await models.handlers.calls['models.add']({
      draft: draft({ url: `${server.url}/v1` }),
      model: null,
    });
    const { views, stop } = await watch(models);
    models.report(providerId, { kind: 'model-unreachable', host: 'h', cause: 'refused' });
    expect(views.at(-1)?.providers[0]?.state).toMatchObject({ kind: 'failing', failure: { cause: 'refused' } });
    models.report(providerId, { kind: 'model-rate-limited', host: 'h', retryAfterSeconds: 3 });
    expect(views.at(-1)?.providers[0]?.state.kind).toBe('failing');
    models.report(providerId, null);
    expect(views.at(-1)?.providers[0]?.state).toMatchObject({ kind: 'answering', at: expect.any(Number) });
    const count = views.length;
    stop();
    models.report(providerId, null);
    expect(views).toHaveLength(count);
  });
});

it('lists every host that may be contacted, with its purpose', async () => {
  const { models } = await testModels({
    environment: [environmentProvider({ url: 'https://llm.example.com/v1', name: 'Example' })],
    programs: [{ kind: 'ollama', name: 'Ollama', port: 11434 }],
  });
  expect(contactsOf(models.view())).toEqual([
    { host: 'llm.example.com', purpose: 'model', name: 'Example', location: 'cloud' },
    { host: '127.0.0.1:11434', purpose: 'model-discovery', name: 'Ollama', location: 'this-computer' },
  ]);
});
