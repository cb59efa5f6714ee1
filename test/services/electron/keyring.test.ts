import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { askKeyring } from '../../../electron/keyring/ask-keyring.ts';
import { isRealBackend, isSealedForReal } from '../../../electron/keyring/keyring-rules.ts';
import { serveKeyring } from '../../../electron/keyring/serve-keyring.ts';
import type { Keyring } from '../../../node-core/protocol/ports/host.ts';
import { createFakeKeyring } from '../../doubles/keyring.ts';

/** The line between node and shell, as both have it, with everything that went over it. */
function line(keyring: Keyring) {
  const [toShell, toNode] = [new EventEmitter(), new EventEmitter()];
  const sent: unknown[] = [];
  serveKeyring(
    {
      on: (name, listener) => toShell.on(name, listener),
      postMessage(message) {
        sent.push(message);
        toNode.emit('message', { data: message });
      },
    },
    keyring,
  );
  const asked = askKeyring({
    on: (name, listener) => toNode.on(name, listener),
    postMessage: (message) => toShell.emit('message', message),
  });
  return { asked, sent, toShell, toNode };
}

test('the node asks, the shell answers, each question its own', async () => {
  const { asked } = line(createFakeKeyring('kwallet6'));
  const [state, one, two] = await Promise.all([asked.state(), asked.seal('one'), asked.seal('two')]);
  expect(state).toEqual({ backend: 'kwallet6', isUsable: true });
  expect(await Promise.all([asked.unseal(two), asked.unseal(one)])).toEqual(['two', 'one']);
});

test('what a keyring complains about is not told', async () => {
  const keyring = createFakeKeyring();
  const { asked, sent } = line({
    ...keyring,
    unseal: () => Promise.reject(new Error('cannot open nunba-vault:secret')),
    state: () => Promise.reject(new Error('no bus')),
  });
  await expect(asked.unseal('x')).rejects.toThrow('the keyring could not do it');
  await expect(asked.state()).rejects.toThrow('the keyring could not be asked');
  expect(JSON.stringify(sent)).not.toMatch(/nunba-vault|bus/);
});

test('what is no question is not answered, and what is no answer is not believed', async () => {
  const { asked, sent, toShell, toNode } = line({ ...createFakeKeyring(), seal: () => new Promise(() => undefined) });
  for (const message of [
    null,
    'keyring-ask',
    { kind: 'keyring-ask' },
    { kind: 'keyring-ask', id: 1, question: { kind: 'dump' } },
  ]) {
    toShell.emit('message', message);
  }
  expect(sent).toEqual([]);
  const sealing = asked.seal('x');
  toNode.emit('message', { data: { kind: 'keyring-answer', id: 7, answer: { kind: 'text', text: 'not yours' } } });
  toNode.emit('message', { data: { kind: 'keyring-answer', id: 1, answer: { kind: 'text' } } });
  toNode.emit('message', { data: { kind: 'keyring-answer', id: 1, answer: { kind: 'text', text: 'yours' } } });
  expect(await sealing).toBe('yours');
});

test.each([
  ['gnome_libsecret', true],
  ['kwallet6', true],
  ['keychain', true],
  ['dpapi', true],
  ['basic_text', false],
  ['unknown', false],
])('%s keeps a key of the person: %s', (backend, isReal) => expect(isRealBackend(backend)).toBe(isReal));

test.each([
  ['v10abc', 'linux', false],
  ['v11abc', 'linux', true],
  ['v10abc', 'darwin', true],
  ['v10abc', 'win32', true],
])('%s on %s was sealed for real: %s', (sealed, platform, isReal) =>
  expect(isSealedForReal(Buffer.from(sealed), platform)).toBe(isReal),
);
