import { describe, expect, it } from 'vitest';
import { createAgentProposals } from '../../../node-core/agents/agent-proposals.ts';
import { objectIn } from '../../../node-core/agents/ask-model.ts';
import { proposeAgent } from '../../../node-core/agents/propose-agent.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { modelServer } from '../../builders/model-server.ts';
import { environmentProvider, testModels } from '../../builders/models.ts';
import { createFakeBreaker } from '../../doubles/breaker.ts';
import { noLocalModels } from '../../doubles/local-models.ts';
import { refuses, says } from '../../doubles/model-server/reply.ts';
import type { ModelServer } from '../../doubles/model-server/start-model-server.ts';

const good = {
  name: 'Tax helper',
  description: 'Explains letters.',
  instructions: 'You explain letters from the tax office.',
  greeting: 'Which letter?',
  tools: ['read_attachment', 'run_command', 'fly'],
};

const meansFor = async (server: ModelServer) => {
  const { models } = await testModels({
    environment: [environmentProvider({ url: `${server.url}/v1`, model: 'test-model', key: null })],
  });
  return { models, clock: systemClock, breaker: createFakeBreaker(), ids: () => 'id', local: noLocalModels };
};

const propose = async (server: ModelServer) =>
  proposeAgent(await meansFor(server), 'Explain letters', new AbortController().signal);

describe('an agent drafted by the model', () => {
  it('has what the model wrote, and only tools that read', async () => {
    const server = await modelServer();
    server.script(() => says(`Here it is:\n${JSON.stringify(good)}\nGood luck!`));
    expect(await propose(server)).toEqual({
      kind: 'draft',
      modelId: 'test-model',
      draft: { ...good, tools: ['read_attachment'], model: null, servers: [], knowledge: [] },
    });
    expect(server.prompts()[0]?.body).not.toHaveProperty('tools');
    expect(JSON.stringify(server.prompts()[0]?.body)).toContain('Explain letters');
  });

  it('is asked for once more, then the person is asked', async () => {
    const server = await modelServer();
    server.script((prompt) => says(prompt.messages.length > 2 ? JSON.stringify(good) : 'Sure, what is it about?'));
    expect(await propose(server)).toMatchObject({ kind: 'draft' });
    expect(server.prompts()).toHaveLength(2);
    server.script(() => says('{"name": "No instructions"}'));
    expect(await propose(server)).toEqual({ kind: 'questions', modelId: 'test-model' });
    expect(server.prompts()).toHaveLength(4);
  });

  it('is not asked for any longer when that is cancelled: the request to the provider is closed', async () => {
    const server = await modelServer();
    server.script(() => ({ kind: 'stream', pieces: [{ kind: 'text', text: 'Let me' }], rate: null, ending: 'stall' }));
    const { calls, stop } = createAgentProposals(await meansFor(server));
    const drafted = calls['agents.propose']({ id: 'one', wish: 'Explain letters' });
    const other = calls['agents.propose']({ id: 'two', wish: 'Explain letters' });
    await expect.poll(() => server.prompts().length, { timeout: 10_000 }).toBe(2);
    await calls['agents.cancelProposal']({ id: 'one' });
    await calls['agents.cancelProposal']({ id: 'none' });
    expect(await drafted).toEqual({ kind: 'cancelled' });
    await expect
      .poll(() => server.prompts().map(({ closedByClientAt }) => closedByClientAt !== null))
      .toEqual([true, false]);
    stop();
    expect(await other).toEqual({ kind: 'cancelled' });
  });

  it('says what the provider refused with', async () => {
    const server = await modelServer();
    server.script(() => refuses(401, 'no'));
    const failure = await propose(server).catch((error: unknown) => failureOf(error));
    expect(failure).toMatchObject({ kind: 'model-refused-key' });
  });
});

it.each([
  ['{"a":1}', { a: 1 }],
  ['```json\n{"a":{"b":2}}\n```', { a: { b: 2 } }],
  ['<think>{"a":0}</think>{"a":1}', { a: 1 }],
  ['nothing', undefined],
  ['} {', undefined],
  ['{"a":', undefined],
])('finds the object in %j', (answer, expected) => {
  expect(objectIn(answer)).toEqual(expected);
});
