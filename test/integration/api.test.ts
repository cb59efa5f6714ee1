import path from 'node:path';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { modelServer } from '../builders/model-server.ts';
import { runCommand, serveNode } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';

async function startApi() {
  const models = await modelServer();
  const node = await serveNode(path.join(tempFolder(), 'data'), {
    HEVOLVE_LLM_ENDPOINT_URL: `${models.url}/v1`,
    HEVOLVE_LLM_MODEL_NAME: 'test-model',
  });
  const token = (await runCommand(['token', '--data', node.dataFolder])).out.trim();
  return { models, node, token, openai: new OpenAI({ baseURL: `${node.address}/v1`, apiKey: token, maxRetries: 0 }) };
}

test('the official client lists agents and models, and streams from both', async () => {
  const { openai } = await startApi();
  const ids: string[] = [];
  for await (const { id } of openai.models.list()) ids.push(id);
  expect(ids).toEqual(expect.arrayContaining(['nunba', 'coder', 'guide', 'env-endpoint/test-model']));
  for (const model of ['nunba', 'env-endpoint/test-model', 'test-model']) {
    const stream = await openai.chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect([model, text]).toEqual([model, 'You wrote: Hello — and this is the answer.']);
  }
});

test('the Guide answers without a model’s help', async () => {
  const { openai, models } = await startApi();
  const completion = await openai.chat.completions.create({
    model: 'guide',
    messages: [{ role: 'user', content: 'How do I make a backup?' }],
  });
  expect(completion.choices[0]?.message.content).toMatch(/backup/i);
  expect(models.prompts()).toEqual([]);
});

test('what a caller’s system message says reaches the model; a bare model hears of no agent and has no tools', async () => {
  const { openai, models } = await startApi();
  for (const model of ['nunba', 'env-endpoint/test-model']) {
    await openai.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: 'Answer in rhyme.' },
        { role: 'user', content: 'Hello' },
      ],
    });
  }
  const [asAgent = '', bare = ''] = models.prompts().map(({ body }) => JSON.stringify(body));
  for (const body of [asAgent, bare]) expect(body).toContain('Answer in rhyme.');
  expect(asAgent).toContain('You are Nunba');
  expect(bare).not.toContain('You are Nunba');
  expect(bare).not.toContain('"tools"');
});

test('an abort of the caller closes the connection to the provider', async () => {
  const { openai, models } = await startApi();
  const stream = await openai.chat.completions.create({
    model: 'nunba',
    messages: [{ role: 'user', content: 'play:stall' }],
    stream: true,
  });
  for await (const chunk of stream) {
    if (chunk.choices[0]?.delta.content) break;
  }
  expect(await models.prompts()[0]?.over).toBe(true);
});

test('/chat answers HART OS’s callers, with the provider’s counts', async () => {
  const { node, token } = await startApi();
  const answer = await fetch(`${node.address}/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: 7, prompt: 'Hello', prompt_id: 3, request_id: 'ignored' }),
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    response: 'You wrote: Hello — and this is the answer.',
    prompt_id: 3,
    req_token_count: expect.any(Number),
    res_token_count: expect.any(Number),
  });
});

test('a renewed token replaces the old one at once', async () => {
  const { node, token } = await startApi();
  const client = await node.connect();
  const renewed = await client.call('api.renewToken', {});
  const statusWith = async (bearer: string): Promise<number> =>
    (await fetch(`${node.address}/status`, { headers: { authorization: `Bearer ${bearer}` } })).status;
  expect([await statusWith(token), await statusWith(renewed.token)]).toEqual([401, 200]);
});
