import { describe, expect, test } from 'vitest';
import { chosenModelFact } from '../../../node-core/agents/models/chosen-model-fact.ts';
import { modelServer } from '../../builders/model-server.ts';
import { environmentProvider, testModels } from '../../builders/models.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const refused = { kind: 'model-unreachable', host: 'lab', cause: 'refused' } as const;

async function models(url = 'http://127.0.0.1:9/v1') {
  const clock = createFakeClock(1_000);
  const environment = [environmentProvider({ url, model: 'llama' })];
  const { models } = await testModels({ clock, environment });
  return { clock, models, fact: () => chosenModelFact(models.view()) };
}

describe('what is known of the chosen model', () => {
  test('nothing of one that nobody has used, and looking asks nobody', async () => {
    const server = await modelServer();
    const { clock, fact } = await models(`${server.url}/v1`);
    await clock.advance(3_600_000);
    expect(fact()).toEqual({ model: { kind: 'not-asked', model: 'llama' }, answeredAt: null });
    expect(server.requests).toEqual([]);
  });

  test('that there is none', async () => {
    const { models } = await testModels();
    expect(chosenModelFact(models.view())).toEqual({ model: { kind: 'none' }, answeredAt: null });
  });

  test('a provider that is not reached, where that is why there is none to choose', async () => {
    const environment = [environmentProvider({ url: 'http://127.0.0.1:9/v1', model: null })];
    const { models: service } = await testModels({ clock: createFakeClock(1_000), environment });
    expect(chosenModelFact(service.view()).model.kind).toBe('none');
    await service.checkChosen();
    const { model } = chosenModelFact(service.view());
    expect(model).toMatchObject({ kind: 'unreachable', cause: 'refused', since: 1_000, checkedAt: 1_000 });
  });

  test('since when it is not reached, when that was last seen, and that it is back', async () => {
    const { clock, models: service, fact } = await models();
    service.report('env-endpoint', refused);
    await clock.advance(5_000);
    service.report('env-endpoint', { ...refused, cause: 'timeout' });
    expect(fact()).toEqual({
      model: { kind: 'unreachable', model: 'llama', host: 'lab', cause: 'timeout', since: 1_000, checkedAt: 6_000 },
      answeredAt: null,
    });
    await clock.advance(1_000);
    service.report('env-endpoint', null);
    expect(fact()).toEqual({ model: { kind: 'answers', model: 'llama', lookedAt: 7_000 }, answeredAt: 7_000 });
  });

  test.each([
    [{ kind: 'model-refused-key', host: 'lab', hasKey: true } as const, 'unreachable'],
    [{ kind: 'model-bad-answer', host: 'lab', cause: 'cut' } as const, 'answered-badly'],
    [{ kind: 'model-error', host: 'lab', status: 500, detail: '' } as const, 'answered-badly'],
    [{ kind: 'model-rate-limited', host: 'lab', retryAfterSeconds: 1 } as const, 'not-asked'],
  ])('%j makes it %s', async (failure, kind) => {
    const { models: service, fact } = await models();
    service.report('env-endpoint', failure);
    expect(fact().model.kind).toBe(kind);
  });
});
