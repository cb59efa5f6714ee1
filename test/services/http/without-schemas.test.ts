import fastify from 'fastify';
import { expect, test } from 'vitest';
import { withoutSchemas } from '../../../node-core/http/without-schemas.ts';

test.each([
  ['what comes in', { querystring: { type: 'object' } }],
  ['what goes out', { response: { 200: { type: 'object' } } }],
])('a route that has Fastify check %s is refused, so that it is never left unchecked', async (_, schema) => {
  const app = fastify(withoutSchemas);
  app.get('/', { schema }, () => ({}));
  await expect(async () => app.ready()).rejects.toThrow('no compiler');
  await app.close();
});

test('answers are written as JSON without a compiler', async () => {
  const app = fastify(withoutSchemas);
  app.get('/', { schema: {} }, () => ({ text: 'A “text”.' }));
  expect((await app.inject('/')).json()).toEqual({ text: 'A “text”.' });
  await app.close();
});
