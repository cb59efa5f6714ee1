import type { Keyring } from '../../node-core/protocol/ports/host.ts';
import { type KeyringAnswer, type KeyringAsk, keyringAnswerSchema } from './keyring-messages.ts';

/** What is used of the node's line to the shell. */
export interface AskingPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}

/** The shell's keyring, as the node in its utility process has it. It may be silent for as long as a person thinks. */
export function askKeyring(port: AskingPort): Keyring {
  const waiting = new Map<number, (answer: KeyringAnswer['answer']) => void>();
  let lastId = 0;
  port.on('message', ({ data }) => {
    const parsed = keyringAnswerSchema.safeParse(data);
    if (!parsed.success) return;
    const { id, answer } = parsed.data;
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  const ask = (question: KeyringAsk['question']): Promise<KeyringAnswer['answer']> => {
    const id = ++lastId;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      port.postMessage({ kind: 'keyring-ask', id, question } satisfies KeyringAsk);
    });
  };
  const askText = async (question: KeyringAsk['question']): Promise<string> => {
    const answer = await ask(question);
    if (answer.kind === 'text') return answer.text;
    throw new Error('the keyring could not do it');
  };
  return {
    async state() {
      const answer = await ask({ kind: 'state' });
      if (answer.kind === 'state') return { backend: answer.backend, isUsable: answer.isUsable };
      throw new Error('the keyring could not be asked');
    },
    seal: (text) => askText({ kind: 'seal', text }),
    unseal: (text) => askText({ kind: 'unseal', text }),
  };
}
