import { expect, test } from 'vitest';
import { createApiHandlers, type Listening } from '../../../node-core/http/api-handlers.ts';
import { createChatToken } from '../../../node-core/http/chat-token.ts';
import { memorySecrets } from '../../doubles/http-node.ts';

test('the token is made once, kept among the secrets, and lasts until it is renewed', async () => {
  const secrets = memorySecrets();
  const token = createChatToken(secrets);
  const [first, same] = await Promise.all([token.get(), token.get()]);
  expect(same).toBe(first);
  expect(secrets.kept.get('api.chat-token')).toBe(first);
  expect(await createChatToken(secrets).get()).toBe(first);
  const second = await token.renew();
  expect(second).not.toBe(first);
  expect(await token.get()).toBe(second);
  expect(secrets.kept.get('api.chat-token')).toBe(second);
});

test('a secret that could not be read is asked for again', async () => {
  const secrets = memorySecrets();
  let isBroken = true;
  const token = createChatToken({
    ...secrets,
    read: (name) => (isBroken ? Promise.reject(new Error('locked')) : secrets.read(name)),
  });
  await expect(token.get()).rejects.toThrow('locked');
  isBroken = false;
  expect(await token.get()).toMatch(/^[\w-]{43}$/);
});

test('api.info says where the API is, or that there is none', () => {
  const obstacle = { kind: 'port-taken', port: 6777, heldBy: null, freePort: 6778 } as const;
  let listening: Listening = { at: null, obstacle: null, isAsked: false };
  const { calls } = createApiHandlers(createChatToken(memorySecrets()), () => listening);
  expect(calls['api.info']({})).toEqual({ address: null, port: null, openAiAddress: null, obstacle: null });
  const at = { address: 'http://127.0.0.1:6778', port: 6778 };
  listening = { at, obstacle, isAsked: true };
  expect(calls['api.info']({})).toEqual({ ...at, openAiAddress: 'http://127.0.0.1:6778/v1', obstacle });
});
